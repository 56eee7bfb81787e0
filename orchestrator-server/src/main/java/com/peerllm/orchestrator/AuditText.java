package com.peerllm.orchestrator;

import com.peerllm.shared.audit.AuditOptions;
import com.peerllm.shared.audit.AuditReport;
import com.peerllm.shared.audit.Fault;
import com.peerllm.shared.money.Credits;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Prints what an audit found, for people or for programs. */
record AuditText(PrintWriter out, boolean json) {
    private static final JsonMapper JSON = new JsonMapper();

    void print(AuditReport report, AuditOptions options) {
        if (json) out.println(JSON.writeValueAsString(asMap(report, options)));
        else printLines(report, options);
        out.flush();
    }

    private void printLines(AuditReport report, AuditOptions options) {
        report.checkpoint()
                .ifPresent(log ->
                        out.printf(Locale.ROOT, "%s: %,d leaves, root %s%n", log.origin(), log.size(), log.root()));
        report.key().ifPresent(key -> {
            out.println("signed by " + key);
            if (options.key().isEmpty()) {
                out.println(
                        "Notice: this is the key that the log or the state file names. Say with --orchestrator-key whose"
                                + " log it must be.");
            }
        });
        if (!options.witnesses().isEmpty()) {
            out.printf(
                    "cosigned by %d of %d witnesses%n",
                    report.cosignatures().size(), options.witnesses().size());
        }
        report.money().ifPresent(money -> printMoney(report, money));
        out.println(report.fault().map(fault -> "BAD: " + fault.sentence()).orElse("Clean."));
    }

    private void printMoney(AuditReport report, AuditReport.Money money) {
        if (report.from() > 0) {
            out.printf(Locale.ROOT, "The first %,d leaves were read in an earlier audit.%n", report.from());
        }
        out.printf(
                Locale.ROOT,
                "%,d payments for %,d jobs, %,d entries, %,d states (%d minutes apart at most), %,d named accounts%n",
                money.payments(),
                money.jobs(),
                money.entries(),
                money.states(),
                money.longestWithoutState().toMinutes(),
                money.namedAccounts());
        out.printf(Locale.ROOT, "%,d hosts' signatures checked%n", report.hostSignatures());
        money.totals().forEach((kind, nano) -> out.printf("%24s  %s%n", new Credits(nano), kind));
    }

    private static Map<String, Object> asMap(AuditReport report, AuditOptions options) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("clean", report.isClean());
        report.checkpoint().ifPresent(log -> {
            all.put("origin", log.origin());
            all.put("size", log.size());
            all.put("root", log.root().base64());
        });
        report.key().ifPresent(key -> all.put("key", key.toString()));
        all.put("key_given", options.key().isPresent());
        all.put("from", report.from());
        all.put("host_signatures", report.hostSignatures());
        all.put("cosignatures", report.cosignatures().size());
        report.money().ifPresent(money -> {
            all.put("payments", money.payments());
            all.put("jobs", money.jobs());
            all.put("entries", money.entries());
            all.put("states", money.states());
            all.put("named_accounts", money.namedAccounts());
            all.put("longest_without_state_ms", money.longestWithoutState().toMillis());
            all.put("totals", money.totals());
        });
        report.fault().ifPresent(fault -> all.put("fault", asMap(fault)));
        return all;
    }

    private static Map<String, Object> asMap(Fault fault) {
        Map<String, Object> all = new LinkedHashMap<>();
        fault.leaf().ifPresent(leaf -> all.put("leaf", leaf));
        fault.file().ifPresent(file -> all.put("file", file));
        all.put("what", fault.what());
        fault.expected().ifPresent(expected -> all.put("expected", expected));
        fault.found().ifPresent(found -> all.put("found", found));
        return all;
    }
}
