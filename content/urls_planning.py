"""Ideas and planning: what comes in, who is asked, the register, the board, the calendar and the figures."""

from django.urls import path

from content.views import calls, ideas, public_ideas, register

urlpatterns = [
    path("content/ideas/", ideas.idea_list, name="ideas"),
    path("content/ideas/add/", ideas.add_idea, name="add_idea"),
    path("content/ideas/<int:idea_id>/", ideas.idea, name="idea"),
    path("content/ideas/<int:idea_id>/take/", ideas.take_idea, name="take_idea"),
    path("content/ideas/<int:idea_id>/decline/", ideas.decline_idea, name="decline_idea"),
    path("content/ideas/<int:idea_id>/write/", ideas.write_to_idea, name="write_to_idea"),
    path("content/ideas/files/<int:file_id>/", ideas.idea_file, name="idea_file"),
    path("content/contacts/", calls.contacts, name="call_contacts"),
    path("content/contacts/add/", calls.add_contact, name="add_call_contact"),
    path("content/contacts/<int:contact_id>/", calls.contact, name="call_contact"),
    path("content/calls/", calls.calls, name="calls"),
    path("content/calls/add/", calls.add_call, name="add_call"),
    path("content/calls/<int:call_id>/", calls.call, name="call"),
    path("content/calls/<int:call_id>/end/", calls.end_call, name="end_call"),
    path("content/calls/letters/<int:letter_id>/give-up/", calls.give_up_letter, name="give_up_letter"),
    path("content/campaigns/", register.campaigns, name="campaigns"),
    path("content/campaigns/ask/", register.ask_campaign, name="ask_campaign"),
    path("content/campaigns/<int:campaign_id>/", register.campaign, name="campaign"),
    path("content/campaigns/<int:campaign_id>/<slug:verb>/", register.decide_campaign, name="decide_campaign"),
    path("content/hashtags/", register.hashtag_list, name="hashtags"),
    path("content/hashtags/ask/", register.ask_hashtag, name="ask_hashtag"),
    path("content/hashtags/<int:hashtag_id>/", register.hashtag, name="hashtag"),
    path("content/hashtags/<int:hashtag_id>/look/", register.look_at_hashtag, name="look_at_hashtag"),
    path("content/hashtags/<int:hashtag_id>/<slug:verb>/", register.decide_hashtag, name="decide_hashtag"),
    # without an account
    path("ideas/", public_ideas.send_idea, name="send_idea"),
    path("ideas/follow/", public_ideas.begin_following, name="begin_following"),
    path("ideas/call/<str:code>/", public_ideas.answer_call, name="answer_call"),
    path("ideas/<str:reference>/", public_ideas.idea_of, name="idea_of"),
]
