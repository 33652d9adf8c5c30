"""The unit's addresses, and one act that asks for a fresh second factor: it tells what came, or refuses as told."""

from django.http import JsonResponse
from django.urls import include, path
from django.views.decorators.http import require_POST

from members.asking import member_of
from members.freshness import fresh_second_factor
from members.models import TrailEntry
from members.models.trail import current_act
from members.states import Invalid, Refused, WrongState, record


@require_POST
@fresh_second_factor
def weighty(request, number):
    member = member_of(request)
    match request.POST.get("answer"):
        case "409":
            raise WrongState(member, "approve")
        case "403":
            raise Refused("Only the Section Commander approves content.")
        case "422":
            raise Invalid("Say why.", "reason")
    first, second = record("approve", member, by=member), record("publish", member, by=member)
    files = {name: [one.read().decode() for one in request.FILES.getlist(name)] for name in request.FILES}
    one_act = first.act == second.act == current_act() and TrailEntry.objects.filter(act=first.act).count() == 2
    return JsonResponse({"number": number, "typed": dict(request.POST.lists()), "files": files, "one act": one_act})


urlpatterns = [path("weighty/<int:number>/", weighty, name="weighty"), path("", include("smu.urls"))]
