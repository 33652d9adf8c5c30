"""Addresses of the stock-takes."""

from django.urls import path

from equipment.views import stocktakes

urlpatterns = [
    path("stock-takes/", stocktakes.stock_takes, name="stock_takes"),
    path("stock-takes/begin/", stocktakes.begin_stock_take, name="begin_stock_take"),
    path("stock-takes/<int:take_id>/", stocktakes.stock_take, name="stock_take"),
    path("stock-takes/<int:take_id>/count/", stocktakes.count_stock_take, name="count_stock_take"),
    path("stock-takes/<int:take_id>/see/", stocktakes.see_in_stock_take, name="see_in_stock_take"),
    path("stock-takes/<int:take_id>/sign/", stocktakes.sign_stock_take, name="sign_stock_take"),
    path("stock-takes/<int:take_id>/give-up/", stocktakes.drop_stock_take, name="drop_stock_take"),
    path("stock-takes/<int:take_id>/lost/", stocktakes.mark_lost_of_stock_take, name="mark_lost_of_stock_take"),
    path(
        "stock-takes/<int:take_id>/put-right/",
        stocktakes.put_right_of_stock_take,
        name="put_right_of_stock_take",
    ),
    path("stock-takes/<int:take_id>/sheet.pdf", stocktakes.stock_take_sheet, name="stock_take_sheet"),
]
