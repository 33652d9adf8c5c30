"""Publishing: held and let go, posted by hand elsewhere, changed by another hand."""

from django.urls import path

from content.views import publishing

urlpatterns = [
    path("content/held/", publishing.held, name="held"),
    path("content/held/hold/", publishing.hold_everything, name="hold_everything"),
    path("content/held/lift/", publishing.lift_hold, name="lift_hold"),
    path("content/held/<int:order_id>/let-go/", publishing.let_go, name="let_go"),
    path("content/placements/<int:placement_id>/", publishing.placement, name="placement"),
    path("content/placements/<int:placement_id>/<slug:verb>/", publishing.placement_act, name="placement_act"),
    path("content/differences/", publishing.differences, name="differences"),
    path("content/differences/<int:difference_id>/", publishing.difference, name="difference"),
    path("content/differences/<int:difference_id>/settle/", publishing.settle_difference, name="settle_difference"),
]
