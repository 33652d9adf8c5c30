"""What the rooms bring to each other, by dotted name: what runs at which time, and who is asked at which moment.

A lower room asks whatever stands here and imports nothing from above it.
"""

from celery.schedules import crontab

CELERY_BEAT_SCHEDULE = {
    "poll accounts that are due": {"task": "moderation.tasks.poll_due", "schedule": 2.0, "options": {"expires": 4}},
    "renew tokens": {"task": "accounts.tasks.renew_tokens", "schedule": 300.0, "options": {"expires": 300}},
    "ask about tokens": {"task": "accounts.tasks.ask_about_tokens", "schedule": 3600.0, "options": {"expires": 3600}},
    "take over what stands": {"task": "accounts.tasks.take_over", "schedule": 60.0, "options": {"expires": 60}},
    "notice blind accounts": {"task": "accounts.tasks.notice_blindness", "schedule": 60.0, "options": {"expires": 60}},
    "count the audience": {"task": "accounts.tasks.count_audience", "schedule": 900.0, "options": {"expires": 900}},
    "check the terms": {"task": "accounts.tasks.check_terms", "schedule": 900.0, "options": {"expires": 900}},
    "check the webhooks": {
        "task": "accounts.tasks.check_subscriptions",
        "schedule": 15.0,
        "options": {"expires": 15},
    },
    "forget old tallies": {"task": "accounts.tasks.forget_old_tallies", "schedule": 86400.0},
    "tell of threats": {"task": "moderation.tasks.tell_of_threats", "schedule": 15.0, "options": {"expires": 15}},
    "write to sections": {"task": "moderation.tasks.write_to_sections", "schedule": 10.0, "options": {"expires": 10}},
    "fetch new avatars": {"task": "moderation.tasks.fetch_new_avatars", "schedule": 60.0, "options": {"expires": 60}},
    "tell of overdue reviews": {"task": "moderation.tasks.tell_of_overdue_reviews", "schedule": 300.0},
    "forget old avatars": {"task": "moderation.tasks.forget_old_avatars", "schedule": 86400.0},
    "draw the audit": {"task": "moderation.tasks.draw_audit", "schedule": 3600.0, "options": {"expires": 3600}},
    "suggest what was learned": {"task": "moderation.tasks.suggest", "schedule": 5.0, "options": {"expires": 5}},
    "render what is stuck": {"task": "content.tasks.render_the_stuck", "schedule": 20.0, "options": {"expires": 20}},
    "send calls for content": {"task": "content.tasks.send_calls", "schedule": 60.0, "options": {"expires": 60}},
    "clear abandoned uploads": {"task": "content.tasks.clear_uploads", "schedule": 3600.0},
    "end what was not sent in time": {"task": "content.tasks.expire", "schedule": 15.0, "options": {"expires": 15}},
    "look at links again": {"task": "content.tasks.check_links_due", "schedule": 60.0, "options": {"expires": 60}},
    "compare our posts": {"task": "content.tasks.compare_posts", "schedule": 60.0, "options": {"expires": 60}},
    "look at our posts": {"task": "content.tasks.look_at_posts", "schedule": 300.0, "options": {"expires": 300}},
    "send purchase orders": {"task": "equipment.tasks.send_orders", "schedule": 20.0, "options": {"expires": 20}},
    "remind of equipment": {"task": "equipment.tasks.remind", "schedule": 300.0, "options": {"expires": 300}},
    "remind of service": {"task": "equipment.tasks.remind_of_service", "schedule": 300.0, "options": {"expires": 300}},
    "mind the bookings": {"task": "equipment.tasks.mind_bookings", "schedule": 60.0, "options": {"expires": 60}},
    # In the night of the Atlantic coast.
    "learn from the grades": {"task": "moderation.tasks.learn", "schedule": crontab(hour="8", minute="17")},
}
# What seals cover, and every how many seconds (ruling 20): claims and reads are many, and sealed less often.
SEALED = {
    "members.TrailEntry": 1,
    "moderation.RetainedRecord": 1,
    "moderation.RetainedAddition": 1,
    "members.LogEntry": 30,
}
# Every kind of order to a platform that the rooms have (ruling 21).
ORDERS = ["moderation.CommentOrder", "moderation.Measure", "content.PublicationOrder"]
# What the rooms above do when a member leaves the unit (1.3, ruling 22): each is called as `f(member=, by=)`.
ON_TRANSFER = [
    "members.provider.unlink",
    "accounts.transfer.end_roles",
    "moderation.transfer.release_claims",
    "moderation.passing_on.pass_on",
    "equipment.transfer.ask_back",
    "equipment.booking_transfer.free",
]
# What each of them would do, in sentences, before it is ordered: `f(member=)`.
WHAT_A_TRANSFER_ENDS = [
    "accounts.transfer.foretell",
    "moderation.transfer.foretell",
    "moderation.passing_on.foretell",
    "equipment.transfer.foretell",
    "equipment.booking_transfer.foretell",
]
# What follows when the command passes from a Commander to the next: `f(member=, successor=, by=)`.
ON_NEW_COMMANDER = ["accounts.transfer.pass_on"]
# What waits for a member at home: the rooms' tables of lines, in the order of the house.
WAITING = [
    "members.vacancy.LINES",
    "moderation.waiting.LINES",
    "moderation.referral_waiting.LINES",
    "moderation.waiting_texts.LINES",
    "moderation.waiting_reviews.LINES",
    "content.waiting.LINES",
    "content.media_waiting.LINES",
    "content.waiting_publishing.LINES",
    "equipment.purchasing_waiting.LINES",
    "equipment.able.LINES",
    "equipment.waiting_custody.LINES",
    "equipment.booking_waiting.LINES",
    "equipment.maintenance_waiting.LINES",
    "equipment.stocktake_waiting.LINES",
    "equipment.handling_waiting.LINES",
    "accounts.waiting.LINES",
    "accounts.tokens.LINES",
    "members.undelivered.LINES",
    "members.lockout.LINES",
    "members.roster.LINES",
    "members.timestamps.LINES",
]
# What a new unit still lacks, room by room: each is called as `f(ours=)` with the agency.
READINESS = ["members.readiness.steps", "accounts.readiness.steps", "moderation.readiness.steps"]
# What the reconciler sees to beside orders, each second: called without anything, must return at once (ruling 22).
ALSO_RECONCILED = [
    "moderation.alerting.look",
    "moderation.referral_watch.look",
    "moderation.late_deliveries.look",
    "content.expiring.look",
]
# What the rooms above an account tell of it on its page (ruling 22).
ACCOUNT_FIGURES = ["moderation.figures.of_accounts"]
# The path that a message outside the product leads to instead of the notification's own, where it opens without signing
# in: `f(notification=)`, empty for most. It is made as the message goes out, so that it is stored nowhere (ruling 15).
WAYS_IN = ["moderation.alerting.way_in"]
# What they ask for before an account ends (S.O.P. 1).
TERMINATION_CONDITIONS = ["moderation.terminations.of"]
# What they know of an account's last 24 hours: what came in, and how late.
ACCOUNT_DAYS = ["moderation.figures.of_the_day"]
# What a person calls the subjects of the trail: the word, the page that shows one, and the models.
SUBJECTS = {
    "picture": ("asset", ("content.asset",)),
    "version of the watermark": ("", ("content.mark",)),
    "rendering": ("", ("content.rendering",)),
    "comment": ("comment", ("moderation.case", "moderation.comment")),
    "order": ("", ("moderation.commentorder", "moderation.measure", "content.publicationorder")),
    "post": ("publication", ("content.publication",)),
    "item": ("item", ("content.item",)),
    "idea": ("idea", ("content.idea",)),
    "contact": ("call_contact", ("content.contact",)),
    "call for content": ("call", ("content.call",)),
    "campaign": ("campaign", ("content.campaign",)),
    "hashtag": ("hashtag", ("content.hashtag",)),
    "decision on the register": ("", ("content.campaigndecision", "content.hashtagdecision")),
    "template": ("template", ("content.template",)),
    "strategy": ("strategy_version", ("content.strategy",)),
    "listed name": ("", ("content.listedname",)),
    "posting elsewhere": ("placement", ("content.placement",)),
    "hold on publishing": ("", ("content.hold",)),
    "change by another hand": ("difference", ("content.postdifference",)),
    "capture": ("", ("moderation.capture",)),
    "proposal": ("proposal", ("moderation.proposal",)),
    "referral": ("referral", ("moderation.referral",)),
    "section": ("section", ("moderation.section",)),
    "second review": ("review", ("moderation.review",)),
    "appeal": ("appeal", ("moderation.appeal",)),
    "threat": ("threat", ("moderation.threat",)),
    "breach": ("", ("moderation.breach",)),
    "poster": ("poster", ("moderation.poster",)),
    "what is held of posters": ("", ("moderation.holding",)),
    "notice": ("", ("moderation.notice",)),
    "record": ("record", ("moderation.retainedrecord",)),
    "clearance": ("clearance", ("moderation.clearance",)),
    "neutrality audit": ("audit", ("moderation.audit",)),
    "sampled grade": ("", ("moderation.audititem",)),
    "topic of a post": ("", ("moderation.posttopic",)),
    "flag on a clause": ("", ("moderation.clauseflag",)),
    "draft": ("second_look", ("moderation.replydraft",)),
    "account": ("account", ("accounts.account",)),
    "account request": ("account_request", ("accounts.accountrequest",)),
    "decision on an account": ("", ("accounts.requestdecision", "accounts.terminationapproval")),
    "termination": ("termination", ("accounts.termination",)),
    "fake account": ("fake", ("accounts.fakeaccount",)),
    "recovery holder": ("", ("accounts.recoveryhold",)),
    "delivery": ("delivery", ("moderation.webhookwork", "moderation.webhookdelivery")),
    "sign-in at a platform": ("", ("accounts.connecting",)),
    "terms on government use": ("", ("accounts.acknowledgement",)),
    "agency": ("", ("members.agency",)),
    "role": ("", ("accounts.role",)),
    "removal": ("removal", ("accounts.removal",)),
    "terms": ("", ("accounts.terms", "accounts.termsdraft", "accounts.termstext", "accounts.termscheck")),
    "filter": ("filter", ("accounts.platformfilter",)),
    "grading system": ("", ("moderation.gradingsystem", "moderation.gradingdraft")),
    "prepared text": ("wording", ("moderation.wording",)),
    "fact": ("", ("moderation.factversion",)),
    "showing of suggestions": ("", ("moderation.showing",)),
    "piece of equipment": ("equipment_item", ("equipment.item",)),
    "booking": ("booking", ("equipment.booking",)),
    "skill": ("", ("equipment.skill",)),
    "assessment of a skill": ("", ("equipment.skillproof",)),
    "kit": ("kit", ("equipment.kit",)),
    "maintenance entry": ("maintenance_work", ("equipment.work",)),
    "recurring service": ("", ("equipment.service",)),
    "equipment proposal": ("purchase", ("equipment.proposal",)),
    "decision on an equipment proposal": ("", ("equipment.proposaldecision", "equipment.proposalend")),
    "purchase order": ("", ("equipment.purchaseorder", "equipment.orderplacing")),
    "delivery of equipment": ("", ("equipment.delivery",)),
    "Budget Unit": ("", ("equipment.budgetunit",)),
    "modification": ("modification", ("equipment.modification",)),
    "decision on a modification": ("", ("equipment.modificationdecision",)),
    "list of equipment": ("import_check", ("equipment.import",)),
    "stock-take": ("stock_take", ("equipment.stocktake",)),
    "kind of equipment": ("", ("equipment.kind",)),
    "receipt": ("receipt", ("equipment.receipt",)),
    "hand-over": ("", ("equipment.handover",)),
    "thing found by a stranger": ("", ("equipment.foundreport",)),
    "member": ("member", ("members.member",)),
    "designation": ("designation", ("members.designation",)),
    "watch": ("watch", ("members.watch",)),
    "trail": ("", ("members.trailentry", "members.logentry")),
}
