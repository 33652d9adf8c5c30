"""Addresses of bookings and skills."""

from django.urls import path

from equipment.views import bookings, skills

urlpatterns = [
    path("bookings/", bookings.calendar, name="bookings"),
    path("bookings/feed/", bookings.feed, name="bookings_feed"),
    path("bookings/add/", bookings.add_booking, name="add_booking"),
    path("bookings/<int:booking_id>/", bookings.booking, name="booking"),
    path("bookings/<int:booking_id>/take/", bookings.take_booking, name="take_booking"),
    path("bookings/<int:booking_id>/move/", bookings.move_booking, name="move_booking"),
    path("bookings/<int:booking_id>/cancel/", bookings.cancel_booking, name="cancel_booking"),
    path("bookings/<int:booking_id>/drop/<int:item_id>/", bookings.drop_booked, name="drop_booked"),
    path("skills/", skills.matrix, name="skills"),
    path("skills/add/", skills.add_skill, name="add_skill"),
    path("skills/demands/", skills.demands, name="skill_demands"),
    path("skills/<int:skill_id>/end/", skills.end_skill, name="end_skill"),
    path("skills/members/<int:member_id>/", skills.of_member, name="member_skills"),
    path("skills/proofs/<int:proof_id>/withdraw/", skills.withdraw_proof, name="withdraw_proof"),
]
