"""Signing in and out, and the language of the pages."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from truceline.desk.clock import machine_us
from truceline.web.people import lockout
from truceline.web.people.models import User
from truceline.web.wording import minutes_up


class SignIn(forms.Form):
    """A name and a password."""

    username = forms.CharField(
        label=_("Name you sign in with"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *given: Any, request: HttpRequest, **named: Any) -> None:  # noqa: ANN401 - a form's own arguments
        """Remember who asks, and from where."""
        super().__init__(*given, **named)
        self.request = request
        self.user: User | None = None

    def clean(self) -> dict[str, Any]:
        """Find the officer, or say no more than that there is none by this name and password."""
        username, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if not (username and password):
            return self.cleaned_data
        address, now_us = _address(self.request), machine_us()
        if rests_us := lockout.rests_until_us(username, address, now_us):
            raise forms.ValidationError(_resting(rests_us - now_us), code="resting")
        user = authenticate(self.request, username=username, password=password)
        if not isinstance(user, User):
            lockout.note_failure(username, address, now_us)
            raise forms.ValidationError(_("No account has this name and password."), code="unknown")
        lockout.forget(username, address)
        self.user = user
        return self.cleaned_data


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password; on success go on in the officer's own language."""
    form = SignIn(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid() and form.user:
        login(request, form.user)
        return _speaking(
            redirect(_onward(request, settings.LOGIN_REDIRECT_URL)), form.user.language
        )
    facts = {"form": form, "next": request.GET.get("next", request.POST.get("next", ""))}
    return render(request, "truceline/sign_in.html", facts)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect(settings.LOGIN_URL)


@login_not_required
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Show pages in another of the desk's languages from now on."""
    answer = redirect(_onward(request, "start"))
    return _speaking(answer, request.POST.get("language", ""))


def _speaking(answer: HttpResponseRedirect, language: str) -> HttpResponseRedirect:
    if language in dict(settings.LANGUAGES) and check_for_language(language):
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite="Lax",
        )
    return answer


def _onward(request: HttpRequest, otherwise: str) -> str:
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours and wanted.startswith("/") else otherwise


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


def _resting(left_us: int) -> str:
    return minutes_up(left_us)
