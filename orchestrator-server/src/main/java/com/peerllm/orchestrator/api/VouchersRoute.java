package com.peerllm.orchestrator.api;

import com.peerllm.orchestrator.accounts.Caller;
import com.peerllm.orchestrator.accounts.FailedKeys;
import com.peerllm.orchestrator.ledger.LedgerException;
import com.peerllm.orchestrator.vouchers.Redemption;
import com.peerllm.orchestrator.vouchers.Voucher;
import com.peerllm.orchestrator.vouchers.Vouchers;
import com.peerllm.shared.openai.AnswerForm;
import com.peerllm.shared.openai.ApiError;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * {@code POST /v1/vouchers/redeem}: gives a voucher's credits to the account of the key. An account that sends many codes
 * that are not valid is slowed down. Lives on the event loop; the redemption runs off it.
 */
final class VouchersRoute {
    static final int MAX_BODY_BYTES = 4 * 1024;
    /** Wrong codes of one account; people mistype, and nobody types faster. */
    static final int WRONG_PER_MINUTE = 10;

    private final Vouchers vouchers;
    private final FailedKeys failures;
    private final LongSupplier nanoTime;
    private final Executor loop;
    private final Executor blocking;

    /** @param nanoTime a clock that never goes back */
    VouchersRoute(Vouchers vouchers, LongSupplier nanoTime, Executor loop, Executor blocking) {
        this.vouchers = vouchers;
        this.failures = new FailedKeys(nanoTime.getAsLong(), WRONG_PER_MINUTE);
        this.nanoTime = nanoTime;
        this.loop = loop;
        this.blocking = blocking;
    }

    void redeem(Exchange exchange, Caller caller, byte[] body) {
        AdminBody fields = AdminBody.read(body);
        String code = fields.text("code");
        fields.done();
        String account = caller.account().value();
        if (failures.isOver(account, nanoTime.getAsLong())) {
            refuse(exchange, account, Redemption.Why.UNKNOWN);
            return;
        }
        blocking.execute(() -> {
            ConsumerApi.Work answer;
            try {
                Redemption redemption = vouchers.redeem(code, caller.account());
                answer = () -> answer(exchange, account, redemption);
            } catch (LedgerException e) {
                answer = () -> exchange.error(refusal(e));
            } catch (RuntimeException e) {
                answer = () -> {
                    throw e;
                };
            }
            ConsumerApi.Work then = answer;
            loop.execute(() -> ConsumerApi.answered(exchange, then));
        });
    }

    private void answer(Exchange exchange, String account, Redemption redemption) {
        switch (redemption) {
            case Redemption.Redeemed(Voucher voucher) -> exchange.json(200, describe(voucher));
            case Redemption.Refused(Redemption.Why why) -> refuse(exchange, account, why);
        }
    }

    private static Map<String, Object> describe(Voucher voucher) {
        Map<String, Object> fields = AnswerForm.fields(
                "object", "voucher.redemption",
                "credited_nanodollars", voucher.terms().amount().nanoDollars(),
                "promo", voucher.terms().gift(),
                "redeemed_at", voucher.redeemedAt().orElseThrow().toString());
        voucher.terms().giftUntil().ifPresent(end -> fields.put("expires_at", end.toString()));
        return fields;
    }

    private void refuse(Exchange exchange, String account, Redemption.Why why) {
        if (why == Redemption.Why.UNKNOWN) {
            Optional<Duration> wait = failures.count(account, nanoTime.getAsLong());
            if (wait.isPresent()) {
                exchange.error(ApiError.of(
                                429,
                                "requests",
                                "too_many_failed_codes",
                                "Too many codes that are not valid came from your account. Check the code, then try again.")
                        .withRetryAfter(wait.get()));
                return;
            }
        }
        exchange.error(
                switch (why) {
                    case UNKNOWN ->
                        refusal(404, "voucher_not_found", "No voucher has this code. Check it letter by letter.");
                    case ALREADY_REDEEMED ->
                        refusal(409, "voucher_already_redeemed", "Another account has redeemed this voucher.");
                    case EXPIRED -> refusal(410, "voucher_expired", "The time of this voucher is over.");
                    case REVOKED -> refusal(410, "voucher_revoked", "This voucher was taken back by who made it.");
                });
    }

    private static ApiError refusal(int status, String code, String sentence) {
        return ApiError.of(status, "invalid_request_error", code, sentence);
    }

    /** The sentence of the ledger is for administrators. */
    private static ApiError refusal(LedgerException refused) {
        return switch (refused.code()) {
            case OTHER_CONTENT ->
                refusal(409, "voucher_already_redeemed", "Another account has redeemed this voucher.");
            default ->
                ApiError.of(
                        503,
                        "service_unavailable",
                        "ledger_unavailable",
                        "The voucher cannot be redeemed now, and is not lost. Send the same code again in a moment.");
        };
    }
}
