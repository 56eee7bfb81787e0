package com.peerllm.orchestrator.admin;

import com.peerllm.orchestrator.accounts.Accounts;
import com.peerllm.orchestrator.accounts.ApiKey;
import com.peerllm.orchestrator.accounts.ApiKeys;
import com.peerllm.orchestrator.accounts.HostEnrolment;
import com.peerllm.orchestrator.accounts.KeyTerms;
import com.peerllm.orchestrator.accounts.ModelCatalogue;
import com.peerllm.orchestrator.accounts.NewApiKey;
import com.peerllm.orchestrator.ledger.AccountKind;
import com.peerllm.orchestrator.ledger.Balance;
import com.peerllm.orchestrator.ledger.Ledger;
import com.peerllm.orchestrator.ledger.LedgerException;
import com.peerllm.orchestrator.ledger.TransferId;
import com.peerllm.orchestrator.payouts.Payouts;
import com.peerllm.orchestrator.transparency.LogReport;
import com.peerllm.orchestrator.vouchers.Vouchers;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.model.ModelManifest;
import com.peerllm.shared.money.Credits;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Carries out administration commands, from the command line and from HTTP; every answer is a value that becomes JSON, and
 * every change is logged with who made it. Waits for the database.
 */
public final class Administration {
    /** Who gives commands over the port of this computer. */
    public static final String COMMAND_LINE = "the command line";

    private static final Logger log = LoggerFactory.getLogger(Administration.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Accounts accounts;
    private final ApiKeys keys;
    private final HostEnrolment hosts;
    private final ModelCatalogue models;
    private final Ledger ledger;
    private final PayoutAdministration payouts;
    private final Vouchers vouchers;
    private final Callable<LogReport> logCheck;
    private final BiConsumer<HostId, String> dismissal;
    private final Consumer<ModelDigest> priceChange;

    /**
     * @param logCheck compares the transparency log's files with the tables
     * @param dismissal ends the connection of a host that was just shut out, with the reason
     * @param priceChange hears of each file whose price may be another one
     */
    public Administration(
            Accounts accounts,
            ApiKeys keys,
            HostEnrolment hosts,
            ModelCatalogue models,
            Ledger ledger,
            Vouchers vouchers,
            Payouts payouts,
            InstantSource clock,
            Callable<LogReport> logCheck,
            BiConsumer<HostId, String> dismissal,
            Consumer<ModelDigest> priceChange) {
        this.accounts = accounts;
        this.keys = keys;
        this.hosts = hosts;
        this.models = models;
        this.ledger = ledger;
        this.payouts = new PayoutAdministration(payouts, clock);
        this.vouchers = vouchers;
        this.logCheck = logCheck;
        this.dismissal = dismissal;
        this.priceChange = priceChange;
    }

    /** @throws AdminException with a sentence when the command cannot be carried out */
    public Map<String, Object> run(JsonNode command) {
        AdminCommand read;
        try {
            read = JSON.treeToValue(command, AdminCommand.class);
        } catch (JacksonException e) {
            throw new AdminException(AdminException.Kind.INVALID, "Not an administration command of this version");
        }
        return run(read, COMMAND_LINE);
    }

    /**
     * @param by who gives the command, for the log
     * @throws AdminException with a sentence when the command cannot be carried out
     */
    public Map<String, Object> run(AdminCommand command, String by) {
        Map<String, Object> answer;
        try {
            answer = carryOut(command, by);
        } catch (IllegalArgumentException e) {
            throw new AdminException(AdminException.Kind.INVALID, e.getMessage());
        }
        if (!(command instanceof AdminCommand.Look)) log.info("Administration by {}: {}", by, command);
        return answer;
    }

    private Map<String, Object> carryOut(AdminCommand command, String by) {
        return switch (command) {
            case AdminCommand.CreateAccount create ->
                Map.of("account", wait(accounts.openConsumer(create.name())).value());
            case AdminCommand.ShowAccount show -> describe(balance(show.name()));
            case AdminCommand.ListAccounts any -> list("accounts", accounts.consumers(), this::describe);
            case AdminCommand.TopUp topUp ->
                describe(wait(ledger.topUp(new TransferId(topUp.transfer()), existing(topUp.name()), topUp.amount())));
            case AdminCommand.GrantPromo grant -> grant(grant);
            case AdminCommand.EraseAccount erase -> erase(erase);
            case AdminCommand.CreateVouchers create ->
                list("vouchers", vouchers.make(create.count(), create.terms()), Descriptions::of);
            case AdminCommand.ListVouchers list ->
                list("vouchers", vouchers.list(list.after(), list.atMost()), Descriptions::of);
            case AdminCommand.RevokeVoucher revoke ->
                done(vouchers.revoke(revoke.id()), "There is no voucher of this id that could still be redeemed");
            case AdminCommand.CreateKey create -> createKey(create);
            case AdminCommand.UpdateKey update ->
                describe(found(keys.change(update.keyId(), update.change()), "There is no valid key with this id"));
            case AdminCommand.ShowKey show -> describe(found(keys.find(show.keyId()), "There is no key with this id"));
            case AdminCommand.ListKeys list -> list("keys", keys.list(existing(list.name())), this::describe);
            case AdminCommand.ListAllKeys any -> list("keys", keys.list(), this::describe);
            case AdminCommand.RevokeKey revoke ->
                done(keys.revoke(revoke.keyId()), "There is no valid key with this id");
            case AdminCommand.Balances any -> balances();
            case AdminCommand.Audit any -> payouts.audit(Descriptions.of(ledger.audit()));
            case AdminCommand.CheckLog any -> Descriptions.of(checkLog());
            case AdminCommand.ListModels any -> list("models", models.list(), Descriptions::of);
            case AdminCommand.PublishModel publish -> publish(publish);
            case AdminCommand.ListHosts list ->
                list("hosts", hosts.list(list.after(), list.atMost()), Descriptions::of);
            case AdminCommand.BlockHost block -> block(block);
            case AdminCommand.UnblockHost unblock -> done(hosts.unblock(unblock.host()), "No such host was ever here");
            case AdminCommand.OfPayouts ofPayouts -> payouts.run(ofPayouts, by);
        };
    }

    private Map<String, Object> grant(AdminCommand.GrantPromo grant) {
        AccountId consumer = existing(grant.name());
        AccountId promo = AccountKind.promoOf(consumer);
        TransferId id = new TransferId(grant.transfer());
        wait(ledger.openAccount(promo));
        wait(ledger.topUp(grant.expires().map(id::until).orElse(id), promo, grant.amount()));
        return describe(balance(grant.name()));
    }

    /** In this order, so that an erasure that is broken off can be asked for again, and nothing new comes in meanwhile. */
    private Map<String, Object> erase(AdminCommand.EraseAccount erase) {
        AccountId account = existing(erase.name());
        if (!erase.forfeit()) requireEmpty(account);
        int revoked = keys.erase(account);
        Credits forfeited = erase.forfeit() ? wait(ledger.forfeit(account)) : Credits.ZERO;
        try {
            ledger.erase(account);
        } catch (LedgerException e) {
            throw new AdminException(
                    e.code() == LedgerException.Code.NOT_ALLOWED
                            ? AdminException.Kind.CONFLICT
                            : AdminException.Kind.UNAVAILABLE,
                    e.getMessage() + ". The keys are revoked; erase it again later.");
        }
        return Map.of(
                "account", account.value(), "keys_revoked", revoked, "forfeited_nanodollars", forfeited.nanoDollars());
    }

    private void requireEmpty(AccountId account) {
        for (AccountId part : List.of(account, AccountKind.promoOf(account))) {
            Optional<Balance> rest =
                    ledger.balance(part).filter(balance -> !balance.posted().isZero());
            if (rest.isEmpty()) continue;
            throw new AdminException(
                    AdminException.Kind.CONFLICT,
                    part + " still has " + rest.get().posted()
                            + ". Nothing was erased; say that it is forfeited to erase it all the same.");
        }
    }

    private Map<String, Object> describe(Balance balance) {
        return Descriptions.of(balance, ledger.balance(AccountKind.promoOf(balance.account())));
    }

    private Map<String, Object> createKey(AdminCommand.CreateKey create) {
        NewApiKey made = keys.create(
                existing(create.name()), create.label(), create.terms().orElse(KeyTerms.STANDARD));
        Map<String, Object> fields = describe(made.key());
        fields.put("secret", made.secret());
        return fields;
    }

    private Map<String, Object> describe(ApiKey key) {
        return Descriptions.of(key, ledger.spending(key.id()), keys.lastUsed(key.id()));
    }

    private LogReport checkLog() {
        try {
            return logCheck.call();
        } catch (Exception e) {
            throw new AdminException(AdminException.Kind.UNAVAILABLE, "The log cannot be checked: " + e.getMessage());
        }
    }

    private Map<String, Object> balances() {
        List<Balance> all = ledger.balances();
        Credits sum = all.stream().map(Balance::posted).reduce(Credits.ZERO, Credits::plus);
        Map<String, Object> fields = list("accounts", all, Descriptions::of);
        fields.put("sum_nanodollars", sum.nanoDollars());
        return fields;
    }

    private Map<String, Object> publish(AdminCommand.PublishModel publish) {
        Optional<ModelManifest> before = models.find(publish.id());
        AdminCommand.Royalty royalty = publish.royalty()
                .or(() -> before.map(was -> new AdminCommand.Royalty(was.creator(), was.royaltyBasisPoints())))
                .orElse(AdminCommand.Royalty.NONE);
        ModelManifest manifest = new ModelManifest(
                publish.id(),
                publish.digest(),
                publish.sizeBytes(),
                publish.licence(),
                publish.price(),
                royalty.creator(),
                royalty.basisPoints());
        models.publish(manifest);
        before.map(ModelManifest::digest)
                .filter(was -> !was.equals(publish.digest()))
                .ifPresent(priceChange);
        priceChange.accept(publish.digest());
        return Descriptions.of(manifest);
    }

    private Map<String, Object> block(AdminCommand.BlockHost block) {
        Map<String, Object> done = done(hosts.block(block.host(), block.reason()), "No such host was ever here");
        dismissal.accept(block.host(), block.reason());
        return done;
    }

    private AccountId existing(String name) {
        return balance(name).account();
    }

    private Balance balance(String name) {
        return found(
                ledger.balance(AccountId.of("consumer", name)),
                "There is no account '" + name + "'; make it with: account create " + name);
    }

    private static <T> Map<String, Object> list(String name, List<T> all, Function<T, Map<String, Object>> describe) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(name, all.stream().map(describe).toList());
        return fields;
    }

    private static <T> T found(Optional<T> sought, String otherwise) {
        return sought.orElseThrow(() -> new AdminException(AdminException.Kind.NOT_FOUND, otherwise));
    }

    private static Map<String, Object> done(boolean done, String otherwise) {
        if (!done) throw new AdminException(AdminException.Kind.NOT_FOUND, otherwise);
        return Map.of("done", true);
    }

    private static <T> T wait(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw new AdminException(kind(e.getCause()), e.getCause().getMessage());
        }
    }

    private static AdminException.Kind kind(Throwable failure) {
        if (!(failure instanceof LedgerException refused)) return AdminException.Kind.UNAVAILABLE;
        return switch (refused.code()) {
            case OTHER_CONTENT, OTHER_CONSUMER, NO_HOLD -> AdminException.Kind.CONFLICT;
            case NOT_ALLOWED -> AdminException.Kind.INVALID;
            case UNAVAILABLE, DAMAGED -> AdminException.Kind.UNAVAILABLE;
        };
    }
}
