"""Where each screen lives."""

from django.urls import path

from truceline.web import failing
from truceline.web.pages import (
    bulletins,
    complaints,
    coverage,
    incidents,
    ledger,
    queue,
    rewrite,
    sight,
    start,
    terms,
    texts,
    verifying,
    windows,
)
from truceline.web.people import signing_in

urlpatterns = [
    path("", start.story, name="start"),
    path("sign-in/", signing_in.sign_in, name="sign-in"),
    path("sign-out/", signing_in.sign_out, name="sign-out"),
    path("language/", signing_in.choose_language, name="language"),
    path("queue/", queue.queue, name="queue"),
    path("queue/now/", queue.now, name="queue-now"),
    path("incidents/", incidents.listing, name="incidents"),
    path("incidents/<str:incident_id>/", incidents.page, name="incident"),
    path("incidents/<str:incident_id>/link/", incidents.link, name="incident-link"),
    path("incidents/<str:incident_id>/undo/", incidents.undo, name="incident-undo"),
    path("complaints/new/", complaints.new, name="complaint-new"),
    path("complaints/<str:number>/", complaints.page, name="complaint"),
    path("complaints/<str:number>/answer/", complaints.answer, name="complaint-answer"),
    path("complaints/<str:number>/in-hand/", complaints.acknowledge, name="complaint-in-hand"),
    path("windows/", windows.listing, name="windows"),
    path("windows/new/", windows.new, name="window-new"),
    path("windows/<str:number>/", windows.page, name="window"),
    path("windows/<str:number>/<str:act>/", windows.act, name="window-act"),
    path("terms/", terms.page, name="terms"),
    path("texts/", texts.page, name="texts"),
    path("bulletins/", bulletins.listing, name="bulletins"),
    path("bulletins/publish/", bulletins.publish, name="bulletin-publish"),
    path("bulletins/<str:number>/", bulletins.page, name="bulletin"),
    path("bulletins/<str:number>/object/", bulletins.object_to, name="bulletin-object"),
    path("bulletins/<str:number>/correct/", bulletins.correct, name="bulletin-correct"),
    path("bulletins/<str:number>/<str:language>.md", bulletins.download, name="bulletin-md"),
    path("coverage/", coverage.page, name="coverage"),
    path("ledger/", ledger.page, name="ledger"),
    path("ledger/<int:index>/receipt/", ledger.receipt, name="receipt"),
    path("ledger/<int:index>/entry/", verifying.entry_note, name="entry-note"),
    path("verify/receipt/", verifying.receipt_page, name="verify-receipt"),
    path("drills/rewrite/", rewrite.page, name="rewrite"),
    path("drills/sight/", sight.page, name="sight"),
]

handler403 = failing.forbidden
handler404 = failing.not_found
handler500 = failing.broken
