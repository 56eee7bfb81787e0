package com.peerllm.orchestrator.admin;

import com.peerllm.orchestrator.accounts.Accounts;
import com.peerllm.orchestrator.accounts.ApiKey;
import com.peerllm.orchestrator.accounts.ApiKeys;
import com.peerllm.orchestrator.accounts.HostEnrolment;
import com.peerllm.orchestrator.accounts.ModelCatalogue;
import com.peerllm.orchestrator.accounts.NewApiKey;
import com.peerllm.orchestrator.ledger.AuditReport;
import com.peerllm.orchestrator.ledger.Balance;
import com.peerllm.orchestrator.ledger.Ledger;
import com.peerllm.orchestrator.ledger.TransferId;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.model.ModelManifest;
import com.peerllm.shared.money.Credits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Carries out administration commands; every answer is a value that becomes JSON. Waits for the database. */
public final class Administration {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Accounts accounts;
    private final ApiKeys keys;
    private final HostEnrolment hosts;
    private final ModelCatalogue models;
    private final Ledger ledger;
    private final BiConsumer<HostId, String> dismissal;

    /** @param dismissal ends the connection of a host that was just shut out, with the reason */
    public Administration(
            Accounts accounts,
            ApiKeys keys,
            HostEnrolment hosts,
            ModelCatalogue models,
            Ledger ledger,
            BiConsumer<HostId, String> dismissal) {
        this.accounts = accounts;
        this.keys = keys;
        this.hosts = hosts;
        this.models = models;
        this.ledger = ledger;
        this.dismissal = dismissal;
    }

    /** @throws AdminException with a sentence when the command cannot be carried out */
    public Map<String, Object> run(JsonNode command) {
        try {
            return run(JSON.treeToValue(command, AdminCommand.class));
        } catch (JacksonException e) {
            throw new AdminException("Not an administration command of this version");
        }
    }

    /** @throws AdminException with a sentence when the command cannot be carried out */
    public Map<String, Object> run(AdminCommand command) {
        try {
            return switch (command) {
                case AdminCommand.CreateAccount create -> account(wait(accounts.openConsumer(create.name())));
                case AdminCommand.TopUp topUp -> topUp(topUp);
                case AdminCommand.CreateKey create -> createKey(create);
                case AdminCommand.ListKeys list ->
                    Map.of(
                            "keys",
                            keys.list(existing(list.name())).stream()
                                    .map(Administration::describe)
                                    .toList());
                case AdminCommand.RevokeKey revoke ->
                    done(keys.revoke(revoke.keyId()), "There is no valid key with this id");
                case AdminCommand.Balances any -> balances();
                case AdminCommand.Audit any -> audit();
                case AdminCommand.ListModels any ->
                    Map.of(
                            "models",
                            models.list().stream().map(Administration::describe).toList());
                case AdminCommand.PublishModel publish -> publish(publish);
                case AdminCommand.BlockHost block -> block(block);
                case AdminCommand.UnblockHost unblock ->
                    done(hosts.unblock(unblock.host()), "No such host was ever here");
            };
        } catch (IllegalArgumentException e) {
            throw new AdminException(e.getMessage());
        }
    }

    private Map<String, Object> topUp(AdminCommand.TopUp topUp) {
        Balance balance = wait(ledger.topUp(new TransferId(topUp.transfer()), existing(topUp.name()), topUp.amount()));
        return describe(balance);
    }

    private Map<String, Object> createKey(AdminCommand.CreateKey create) {
        NewApiKey made = keys.create(existing(create.name()), create.label());
        Map<String, Object> fields = new LinkedHashMap<>(describe(made.key()));
        fields.put("secret", made.secret());
        return fields;
    }

    private Map<String, Object> balances() {
        List<Balance> all = ledger.balances();
        Credits sum = all.stream().map(Balance::posted).reduce(Credits.ZERO, Credits::plus);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("accounts", all.stream().map(Administration::describe).toList());
        fields.put("sum_nanodollars", sum.nanoDollars());
        return fields;
    }

    private Map<String, Object> audit() {
        AuditReport report = ledger.audit();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("clean", report.clean());
        fields.put("transfers", report.transfers());
        fields.put("settlements", report.settlements());
        fields.put("accounts", report.accounts());
        fields.put("open_holds", report.openHolds());
        report.fault().ifPresent(fault -> fields.put("fault", fault));
        return fields;
    }

    private Map<String, Object> publish(AdminCommand.PublishModel publish) {
        ModelManifest manifest = new ModelManifest(
                publish.id(),
                publish.digest(),
                publish.sizeBytes(),
                publish.licence(),
                publish.price(),
                Optional.empty(),
                0);
        models.publish(manifest);
        return describe(manifest);
    }

    private Map<String, Object> block(AdminCommand.BlockHost block) {
        Map<String, Object> done = done(hosts.block(block.host(), block.reason()), "No such host was ever here");
        dismissal.accept(block.host(), block.reason());
        return done;
    }

    private AccountId existing(String name) {
        AccountId account = AccountId.of("consumer", name);
        if (ledger.balance(account).isEmpty()) {
            throw new AdminException("There is no account '" + name + "'; make it with: account create " + name);
        }
        return account;
    }

    private static Map<String, Object> account(AccountId account) {
        return Map.of("account", account.value());
    }

    private static Map<String, Object> describe(Balance balance) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("account", balance.account().value());
        if (balance.account().kind().equals("host")) {
            fields.put("pseudonym", new HostId(balance.account().name()).pseudonym());
        }
        fields.put("posted_nanodollars", balance.posted().nanoDollars());
        fields.put("held_nanodollars", balance.held().nanoDollars());
        return fields;
    }

    private static Map<String, Object> describe(ApiKey key) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("key_id", key.id());
        fields.put("account", key.account().value());
        fields.put("label", key.label());
        fields.put("created_at", key.createdAt().toString());
        key.revokedAt().ifPresent(at -> fields.put("revoked_at", at.toString()));
        return fields;
    }

    private static Map<String, Object> describe(ModelManifest model) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", model.id().value());
        fields.put("sha256", model.digest().hex());
        fields.put("size_bytes", model.sizeBytes());
        model.licence().ifPresent(licence -> fields.put("licence", licence));
        fields.put(
                "prompt_nanodollars_per_million",
                model.price().promptPerMillion().nanoDollars());
        fields.put(
                "completion_nanodollars_per_million",
                model.price().completionPerMillion().nanoDollars());
        return fields;
    }

    private static Map<String, Object> done(boolean done, String otherwise) {
        if (!done) throw new AdminException(otherwise);
        return Map.of("done", true);
    }

    private static <T> T wait(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw new AdminException(e.getCause().getMessage());
        }
    }
}
