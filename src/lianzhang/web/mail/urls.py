"""Addresses of the page about mail."""

from __future__ import annotations

from django.urls import path

from lianzhang.web.mail import pages

app_name = "mail"

urlpatterns = [path("", pages.mail, name="mail")]
