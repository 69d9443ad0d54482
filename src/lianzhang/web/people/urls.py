"""Addresses of people, sign-in and permission."""

from __future__ import annotations

from django.urls import path

from lianzhang.web.people.pages import account, accounts, delegations, link, sign_in

app_name = "people"

urlpatterns = [
    path("login/", sign_in.login, name="login"),
    path("login/code/", sign_in.second_factor, name="second_factor"),
    path("logout/", sign_in.logout, name="logout"),
    path("welcome/<str:secret>/", link.link, name="link"),
    path("account/", account.account, name="account"),
    path("account/password/", account.password, name="password"),
    path("account/second-factor/", account.factor, name="factor"),
    path("account/end-others/", account.end_others, name="end_others"),
    path("account/delegations/", delegations.delegations, name="delegations"),
    path("account/delegations/<uuid:subject>/end/", delegations.end, name="end-delegation"),
    path("account/identity/", account.identity, name="identity"),
    path("why/", account.why, name="why"),
    path("people/", accounts.people, name="people"),
    path("people/new/", accounts.new_person, name="new_person"),
    path("people/waiting/", accounts.waiting, name="waiting"),
    path("people/<uuid:person_id>/", accounts.person, name="person"),
    path("people/<uuid:person_id>/posts/", accounts.new_holding, name="new_holding"),
    path("people/<uuid:person_id>/link/", accounts.new_link, name="new_link"),
    path("people/<uuid:person_id>/<str:decision>/", accounts.decide_person, name="decide_person"),
    path("posts/<uuid:holding_id>/<str:decision>/", accounts.decide_holding, name="decide_holding"),
    path("links/<str:digest>/approve/", accounts.decide_link, name="decide_link"),
    path("organisations/", accounts.organisations, name="organisations"),
    path("organisations/new/", accounts.new_organisation, name="new_organisation"),
]
