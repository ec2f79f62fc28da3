"""Every call that the gateway makes, once, for the contract tests: a name and a function that makes it."""

from marketplace.payments import gateway

ADDRESS = {"line1": "1 Main St", "city": "Los Angeles", "state": "CA", "postal_code": "90012"}
CALLS = {
    "PaymentIntentCreateParams": lambda: gateway.create_intent(
        amount=5000, currency="usd", metadata={"a": "b"}, idempotency_key="k", description="LA-1", group="LA-1",
        customer_id="cus_1",
    ),
    "PaymentIntentRetrieveParams": lambda: gateway.retrieve_intent("pi_1"),
    "PaymentIntentUpdateParams": lambda: gateway.give_intent_to_customer(intent_id="pi_1", customer_id="cus_1"),
    "PaymentIntentCancelParams": lambda: gateway.cancel_intent("pi_1"),
    "RefundCreateParams": lambda: gateway.refund(
        intent_id="pi_1", amount=5000, metadata={"a": "b"}, idempotency_key="k"
    ),
    "RefundRetrieveParams": lambda: gateway.retrieve_refund("re_1"),
    "RefundListParams": lambda: gateway.list_refunds("pi_1"),
    "AccountCreateParams": lambda: gateway.create_account(
        email="a@example.org", name="Ana", metadata={"maker": "1"}, idempotency_key="k"
    ),
    "AccountRetrieveParams": lambda: gateway.retrieve_account("acct_1"),
    "AccountLinkCreateParams": lambda: gateway.onboarding_address(
        account_id="acct_1", return_url="http://x.example/", refresh_url="http://x.example/"
    ),
    "AccountLoginLinkCreateParams": lambda: gateway.account_dashboard_address("acct_1"),
    "TransferCreateParams": lambda: gateway.transfer(
        amount=5000, account_id="acct_1", charge_id="ch_1", group="LA-1", metadata={"a": "b"}, idempotency_key="k"
    ),
    "TransferListParams": lambda: gateway.find_transfer(group="LA-1", metadata={"a": "b"}),
    "TransferRetrieveParams": lambda: gateway.retrieve_transfer("tr_1"),
    "TransferReversalCreateParams": lambda: gateway.reverse_transfer(
        transfer_id="tr_1", amount=5000, metadata={"a": "b"}, idempotency_key="k"
    ),
    "TransferReversalListParams": lambda: gateway.find_reversal(transfer_id="tr_1", metadata={"a": "b"}),
    "PayoutListParams": lambda: gateway.payouts_of("acct_1"),
    "PayoutRetrieveParams": lambda: gateway.retrieve_payout(account_id="acct_1", payout_id="po_1"),
    "BalanceRetrieveParams": lambda: gateway.balance(),
    "BalanceTransactionListParams": lambda: gateway.movements_since(0),
    "BalanceTransactionListParams, of one source": lambda: gateway.movements_of("ch_1"),
    "DisputeRetrieveParams": lambda: gateway.retrieve_dispute("du_1"),
    "DisputeUpdateParams": lambda: gateway.submit_dispute_evidence(
        dispute_id="du_1",
        evidence={"shipping_tracking_number": "1Z", "uncategorized_text": "They wrote that it came."},
        idempotency_key="k",
    ),
    "CustomerCreateParams": lambda: gateway.create_customer(
        email="a@example.org", name="Ana", metadata={"user": "1"}, idempotency_key="k"
    ),
    "CustomerSessionCreateParams": lambda: gateway.create_customer_session("cus_1"),
    "CustomerPaymentMethodListParams": lambda: gateway.payment_methods_of("cus_1"),
    "PaymentMethodDetachParams": lambda: gateway.detach_payment_method("pm_1"),
    "tax.CalculationCreateParams": lambda: gateway.calculate_tax(
        address=ADDRESS, lines=[gateway.TaxLine("1", 5000, "txcd_20030000")], shipping=700
    ),
    "tax.TransactionCreateFromCalculationParams": lambda: gateway.commit_tax(
        calculation_id="taxcalc_1", reference="LA-1", idempotency_key="k"
    ),
    "tax.TransactionCreateReversalParams": lambda: gateway.reverse_tax(
        transaction_id="tax_1", reference="LA-1-1", amount=500, idempotency_key="k"
    ),
}  # fmt: skip
NO_CALLS = {"client", "construct_event", "is_live", "is_standin"}
