package com.peerllm.orchestrator.api;

import com.peerllm.orchestrator.accounts.Caller;
import com.peerllm.orchestrator.accounts.Scope;
import com.peerllm.orchestrator.jobs.Jobs;
import com.peerllm.orchestrator.jobs.Refusals;
import com.peerllm.orchestrator.ledger.AccountKind;
import com.peerllm.orchestrator.ledger.Balance;
import com.peerllm.orchestrator.ledger.Ledger;
import com.peerllm.orchestrator.vouchers.Vouchers;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.openai.AnswerForm;
import com.peerllm.shared.openai.ApiError;
import com.peerllm.shared.openai.InvalidRequest;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The routes under {@code /v1} that consumers call, with their API key. Lives on the event loop. */
final class ConsumerApi {
    private static final Logger log = LoggerFactory.getLogger(ConsumerApi.class);

    /** Largest body: as much as a control message to a host can carry, with room for what is put around it. */
    static final int MAX_BODY_BYTES = 3 * 1024 * 1024;

    private final KeyGate gate;
    private final ModelDirectory models;
    private final Ledger ledger;
    private final Idempotency idempotency;
    private final InstantSource clock;
    private final BooleanSupplier draining;
    private final AnswersRoute chats;
    private final AnswersRoute completions;
    private final EmbeddingsRoute embeddings;
    private final ReceiptsRoute receipts;
    private final VouchersRoute redemption;
    private final ProofApi proofs;

    ConsumerApi(
            KeyGate gate,
            ModelDirectory models,
            Jobs jobs,
            Ledger ledger,
            Vouchers vouchers,
            Idempotency idempotency,
            ProofApi proofs,
            InstantSource clock,
            LongSupplier nanoTime,
            Executor loop,
            Executor blocking,
            BooleanSupplier draining) {
        this.gate = gate;
        this.models = models;
        this.ledger = ledger;
        this.idempotency = idempotency;
        this.proofs = proofs;
        this.clock = clock;
        this.draining = draining;
        this.chats = new AnswersRoute(AnswerForm.CHAT, models, jobs, clock, loop, blocking);
        this.completions = new AnswersRoute(AnswerForm.TEXT, models, jobs, clock, loop, blocking);
        this.embeddings = new EmbeddingsRoute(models, jobs.embeddings(), loop, blocking);
        this.receipts = new ReceiptsRoute(ledger, loop, blocking);
        this.redemption = new VouchersRoute(vouchers, nanoTime, loop, blocking);
    }

    void listModels(Exchange exchange) {
        gate.admit(exchange, Scope.MODELS)
                .ifPresent(any -> exchange.json(200, AnswerForm.fields("object", "list", "data", models.list())));
    }

    void model(Exchange exchange, String id) {
        if (gate.admit(exchange, Scope.MODELS).isEmpty()) return;
        models.find(id)
                .ifPresentOrElse(
                        found -> exchange.json(200, models.describe(found)),
                        () -> exchange.error(Refusals.unknownModel(id)));
    }

    void chatCompletions(Exchange exchange) {
        withBody(exchange, Scope.CHAT, chats::receive);
    }

    void completions(Exchange exchange) {
        withBody(exchange, Scope.CHAT, completions::receive);
    }

    void embeddings(Exchange exchange) {
        withBody(exchange, Scope.EMBEDDINGS, embeddings::receive);
    }

    /** What is done with the body of a request that may be served. */
    private interface Receiver {
        void receive(Exchange exchange, Caller caller, byte[] body);
    }

    private void withBody(Exchange exchange, Scope needed, Receiver receiver) {
        Optional<Caller> caller = gate.admit(exchange, needed);
        if (caller.isEmpty()) return;
        if (draining.getAsBoolean()) {
            exchange.error(Refusals.stopping());
            return;
        }
        exchange.body(MAX_BODY_BYTES)
                .onComplete(read -> answered(exchange, () -> {
                    if (read.failed()) throw read.cause();
                    byte[] body = read.result();
                    idempotency.serve(
                            exchange, caller.get(), body, () -> receiver.receive(exchange, caller.get(), body));
                }));
    }

    /** One step towards an answer; a failure in it is the answer. */
    interface Work {
        void run() throws Throwable;
    }

    static void answered(Exchange exchange, Work work) {
        try {
            work.run();
        } catch (InvalidRequest e) {
            exchange.error(e.error());
        } catch (Throwable e) {
            internal(exchange, e);
        }
    }

    /** The balance of the key's account. */
    void balance(Exchange exchange) {
        gate.admit(exchange, Scope.ACCOUNT).ifPresent(caller -> {
            AccountId account = caller.account();
            Balance balance = ledger.balance(account).orElse(new Balance(account, Credits.ZERO, Credits.ZERO));
            AccountId promo = AccountKind.promoOf(account);
            Balance gifts = ledger.balance(promo).orElse(new Balance(promo, Credits.ZERO, Credits.ZERO));
            exchange.json(
                    200,
                    AnswerForm.fields(
                            "object", "balance",
                            "available_nanodollars", balance.available().nanoDollars(),
                            "held_nanodollars", balance.held().nanoDollars(),
                            "promo_available_nanodollars", gifts.available().nanoDollars(),
                            "promo_held_nanodollars", gifts.held().nanoDollars(),
                            "key", KeyFacts.of(caller, ledger.spending(caller.keyId()), clock.instant())));
        });
    }

    /** What of the published totals is the key's account's. */
    void balanceProof(Exchange exchange) {
        gate.admit(exchange, Scope.ACCOUNT).ifPresent(caller -> proofs.ownBalance(exchange, caller.account()));
    }

    /** The receipts of one answer; who knows the job's random id may read them. */
    void receipts(Exchange exchange, String job) {
        gate.admit(exchange, Scope.ACCOUNT).ifPresent(caller -> receipts.send(exchange, job, caller));
    }

    void redeemVoucher(Exchange exchange) {
        Optional<Caller> caller = gate.admit(exchange, Scope.ACCOUNT);
        if (caller.isEmpty()) return;
        exchange.body(VouchersRoute.MAX_BODY_BYTES)
                .onComplete(read -> answered(exchange, () -> {
                    if (read.failed()) throw read.cause();
                    redemption.redeem(exchange, caller.get(), read.result());
                }));
    }

    static void internal(Exchange exchange, Throwable failure) {
        log.error("Request {} failed: {}", exchange.id, failure.getClass().getName(), failure);
        exchange.error(ApiError.of(500, "server_error", "internal_error", "The request failed; it is not your fault."));
    }
}
