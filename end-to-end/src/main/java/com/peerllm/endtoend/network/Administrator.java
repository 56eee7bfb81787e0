package com.peerllm.endtoend.network;

import com.peerllm.endtoend.process.CommandResult;
import com.peerllm.endtoend.process.Installation;
import com.peerllm.endtoend.process.Program;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.money.Credits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The person at the orchestrator's command line: each call is one run of {@code peerllm orchestrator …}. */
public final class Administrator {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration LONGEST_COMMAND = Duration.ofSeconds(45);

    private final Installation installation;
    private final Path data;
    private final Path folder;
    private final Map<String, String> environment;

    Administrator(Installation installation, Path data, Path folder, Map<String, String> environment) {
        this.installation = installation;
        this.data = data;
        this.folder = folder;
        this.environment = environment;
    }

    public void createAccount(String name, Credits credits) {
        run("account", "create", name, "--credits", dollars(credits)).outputOrThrow();
    }

    public void topUp(String name, Credits credits) {
        run("account", "topup", name, dollars(credits)).outputOrThrow();
    }

    /** @return the secret that consumers send */
    public String createKey(String name) {
        return run("key", "create", name).outputOrThrow().strip();
    }

    public Balances balances() {
        JsonNode json = JSON.readTree(run("ledger", "balances", "--json").outputOrThrow());
        List<AccountBalance> accounts = new ArrayList<>();
        for (JsonNode each : json.path("accounts")) {
            accounts.add(new AccountBalance(
                    new AccountId(each.path("account").asString()),
                    each.path("pseudonym").asStringOpt(),
                    new Credits(each.path("posted_nanodollars").asLong()),
                    new Credits(each.path("held_nanodollars").asLong())));
        }
        return new Balances(accounts, new Credits(json.path("sum_nanodollars").asLong()));
    }

    /** The verdict, also when it is not clean. */
    public LedgerAudit audit() {
        CommandResult result = run("ledger", "audit");
        String report = result.output().isBlank() ? result.outputOrThrow() : result.output();
        return JSON.readValue(report, LedgerAudit.class);
    }

    /** Runs any administration command. */
    public CommandResult run(String... words) {
        List<String> arguments = new ArrayList<>(List.of("--data", data.toString()));
        arguments.addAll(List.of(words));
        return CommandResult.of(
                installation.command(Program.ORCHESTRATOR, arguments), folder, environment, LONGEST_COMMAND);
    }

    private static String dollars(Credits credits) {
        return credits.toString().replace("$", "");
    }
}
