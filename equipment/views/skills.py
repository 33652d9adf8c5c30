"""Skills: the matrix, one member's assessments, the unit's own skills, and what kinds of things need (3.1)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from equipment import skill_matrix, skills
from equipment.models import Skill, SkillProof
from equipment.skill_forms import DemandForm, ProofForm, SkillForm, WithdrawForm
from members.asking import member_of
from members.authority import holds, require
from members.models import Member
from members.powers import Power
from members.refusals import REFUSALS, sentence_of, status_of
from members.spreadsheets import csv_answer
from members.states import Invalid


@require_safe
def matrix(request: HttpRequest) -> HttpResponseBase:
    """Members by skills; `format=csv` as a file."""
    require(member_of(request), Power.READ_UNIT)
    if request.GET.get("format") == "csv":
        return _csv()
    return _matrix_page(request)


def _matrix_page(request: HttpRequest, form: SkillForm | None = None) -> HttpResponse:
    kept = list(Skill.objects.kept())
    context = {
        "skills": kept,
        "rows": skill_matrix.rows(kept),
        "may_keep": holds(member_of(request), Power.KEEP_EQUIPMENT),
        "form": form or SkillForm(),
        "soon": SkillProof.SOON,
    }
    return render(request, "equipment/skills.html", context, status=422 if form is not None else 200)


def _csv() -> HttpResponseBase:
    kept = list(Skill.objects.kept())
    head = ["member", "skill", "assessed on", "by", "training", "holds until", "holds today"]
    found = (
        [
            row.member.name,
            str(skill),
            cell.on if cell else "",
            cell.assessor.name if cell else "",
            cell.training if cell else "",
            (cell.expires_on or "") if cell else "",
            "yes" if cell and cell.holds() else "no",
        ]
        for row in skill_matrix.rows(kept)
        for skill, cell in row.cells
    )
    return csv_answer("skills", head, found)


@require_POST
def add_skill(request: HttpRequest) -> HttpResponse:
    """Assess one more skill of the unit's own."""
    member = member_of(request)
    require(member, Power.KEEP_EQUIPMENT)
    form = SkillForm(request.POST)
    if form.is_valid():
        try:
            made = skills.add_skill(form.cleaned_data["name"], by=member, says=form.cleaned_data["says"])
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"“{made}” is assessed from now on.")
            return redirect("skills")
    return _matrix_page(request, form)


@require_POST
def end_skill(request: HttpRequest, skill_id: int) -> HttpResponse:
    """Assess it no more."""
    member = member_of(request)
    require(member, Power.KEEP_EQUIPMENT)
    found = get_object_or_404(Skill, pk=skill_id)
    try:
        skills.end_skill(found, by=member)
    except REFUSALS as refusal:
        messages.error(request, sentence_of(refusal))
    else:
        messages.success(request, f"“{found}” is assessed no more, and nothing needs it.")
    return redirect("skills")


# --- one member ---


@require_http_methods(["GET", "HEAD", "POST"])
def of_member(request: HttpRequest, member_id: int) -> HttpResponse:
    """One member's assessments, whatever became of them; and, for the Supervisor, one more."""
    by = member_of(request)
    found = get_object_or_404(Member.objects.all().visible_to(by).of_the_unit(), pk=member_id)
    if request.method != "POST":
        return _member_page(request, found)
    require(by, Power.KEEP_EQUIPMENT)
    form = ProofForm(request.POST, of=found)
    if form.is_valid():
        said = form.cleaned_data
        skill = said.pop("skill")
        try:
            skills.assess(found, skill, by=by, **said)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"Recorded: {found.name}, “{skill}”.")
            return redirect("member_skills", found.pk)
    return _member_page(request, found, form=form)


def _member_page(
    request: HttpRequest, found: Member, refusal: Exception | None = None, form: ProofForm | None = None
) -> HttpResponse:
    by = member_of(request)
    kept = list(Skill.objects.kept())
    of_his = SkillProof.objects.filter(member=found)
    proofs = of_his.select_related("skill", "assessor", "by", "withdrawal__by")
    counting = {one.skill_id: one for one in of_his.last()}
    first: dict[str, Any] = {"on": timezone.localdate(), "assessor": by.pk}
    first["skill"] = request.GET.get("skill") or None
    context = {
        "of": found,
        "standing": [(skill, counting.get(skill.pk)) for skill in kept],
        "counting": {one.pk for one in counting.values()},
        "proofs": proofs.order_by("-on", "-pk"),
        "may_keep": holds(by, Power.KEEP_EQUIPMENT) and by.pk != found.pk and found.serves(),
        "his_own": by.pk == found.pk,
        "form": form or ProofForm(of=found, initial=first),
        "refusal": sentence_of(refusal) if refusal else "",
    }
    status = status_of(refusal) if refusal else 422 if form is not None else 200
    return render(request, "equipment/skills_member.html", context, status=status)


@require_POST
def withdraw_proof(request: HttpRequest, proof_id: int) -> HttpResponse:
    """Let an assessment count no more."""
    by = member_of(request)
    require(by, Power.KEEP_EQUIPMENT)
    proof = get_object_or_404(SkillProof.objects.select_related("member", "skill"), pk=proof_id)
    form = WithdrawForm(request.POST)
    try:
        if not form.is_valid():
            raise Invalid("Say why it counts no more, in 300 characters at most.", "reason")
        skills.withdraw(proof, by=by, **form.cleaned_data)
    except REFUSALS as refusal:
        return _member_page(request, proof.member, refusal)
    messages.success(request, f"Withdrawn: {proof.member.name}, “{proof.skill}”.")
    return redirect("member_skills", proof.member_id)


# --- what things need ---


@require_http_methods(["GET", "HEAD", "POST"])
def demands(request: HttpRequest) -> HttpResponse:
    """Which kinds of things need which skills."""
    member = member_of(request)
    require(member, Power.READ_UNIT)
    refusal: Exception | None = None
    if request.method == "POST":
        require(member, Power.KEEP_EQUIPMENT)
        form = DemandForm(request.POST)
        try:
            if not form.is_valid():
                raise Invalid("Choose a kind, and skills that are assessed.")
            skills.demand(form.cleaned_data["kind"], list(form.cleaned_data["skills"]), by=member)
        except Invalid as wrong:
            refusal = wrong
        else:
            messages.success(request, f"Kept: {form.cleaned_data['kind']}.")
            return redirect("skill_demands")
    kept = list(Skill.objects.kept())
    context = {
        "skills": kept,
        "needs": skill_matrix.needs(kept),
        "may_keep": holds(member, Power.KEEP_EQUIPMENT),
        "refusal": sentence_of(refusal) if refusal else "",
    }
    return render(request, "equipment/skills_demands.html", context, status=422 if refusal else 200)
