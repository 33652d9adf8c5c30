"""The inventory, its kits and its receipts."""

from django.urls import path

from equipment.views import item_forms, items, kits, receipts, several

urlpatterns = [
    path("", items.equipment, name="equipment"),
    path("list.<slug:form>", items.equipment_list, name="equipment_list"),
    path("add/", item_forms.add_item, name="add_item"),
    path("several/", several.several_things, name="several_things"),
    path("<int:item_id>/", items.equipment_item, name="equipment_item"),
    path("<int:item_id>/change/", item_forms.change_item, name="change_item"),
    path("<int:item_id>/mark/", item_forms.mark_item, name="mark_item"),
    path("<int:item_id>/photo/<int:file_id>/", items.equipment_photo, name="equipment_photo"),
    path("files/<int:file_id>/", items.equipment_file, name="equipment_file"),
    path("capabilities/", items.capability_matrix, name="capability_matrix"),
    path("kinds/", kits.kinds, name="kinds"),
    path("kinds/<int:kind_id>/", kits.kind, name="kind"),
    path("kits/", kits.kits, name="kits"),
    path("kits/make/", kits.make_kit, name="make_kit"),
    path("kits/<int:kit_id>/", kits.kit, name="kit"),
    path("kits/<int:kit_id>/put-in/", kits.put_in_kit, name="put_in_kit"),
    path("kits/<int:kit_id>/take-out/<int:item_id>/", kits.take_out_of_kit, name="take_out_of_kit"),
    path("kits/<int:kit_id>/rename/", kits.rename_kit, name="rename_kit"),
    path("kits/<int:kit_id>/end/", kits.end_kit, name="end_kit"),
    path("receipts/", receipts.receipts, name="receipts"),
    path("receipts/add/", receipts.add_receipt, name="add_receipt"),
    path("receipts/<int:receipt_id>/", receipts.receipt, name="receipt"),
    path("receipts/<int:receipt_id>/items/", receipts.add_to_receipt, name="add_to_receipt"),
    path("receipts/<int:receipt_id>/withdraw/", receipts.withdraw_receipt, name="withdraw_receipt"),
]
