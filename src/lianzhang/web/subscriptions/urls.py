"""Addresses of subscriptions."""

from __future__ import annotations

from django.urls import path

from lianzhang.web.subscriptions import pages

app_name = "subscriptions"

urlpatterns = [
    path("", pages.mine, name="mine"),
    path("follow/", pages.add, name="add"),
    path("read/", pages.read, name="read"),
    path("<uuid:subscription_id>/end/", pages.end, name="end"),
]
