package com.peerllm.orchestrator;

import com.peerllm.orchestrator.admin.AdminCommand;
import com.peerllm.orchestrator.payouts.CsvProvider;
import com.peerllm.orchestrator.payouts.PayoutBatch;
import com.peerllm.orchestrator.payouts.PayoutResult;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.payout.PayeeDetails;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Paying earners out: propose a batch, approve it, export it for a provider, record what became of it. */
@Command(
        name = "payout",
        mixinStandardHelpOptions = true,
        description = "Pay hosts and creators out, in batches: propose, approve, export, record.")
final class PayoutCommand {
    /** A command to a running orchestrator has 64 KiB at most. */
    private static final int RESULTS_AT_ONCE = 60;

    @Command(mixinStandardHelpOptions = true, description = "Compute who may be paid how much. Nothing moves yet.")
    int propose(@Mixin AdminSubcommand admin) {
        return admin.run(new AdminCommand.ProposePayouts(), answer -> {
            if (!answer.has("batch")) admin.print("Nobody can be paid now.");
            print(admin, answer);
        });
    }

    @Command(mixinStandardHelpOptions = true, description = "List the batches, the newest first.")
    int list(@Mixin AdminSubcommand admin) {
        return admin.run(
                new AdminCommand.ListPayouts(),
                answer -> answer.path("batches").forEach(batch -> admin.print(head(batch))));
    }

    @Command(mixinStandardHelpOptions = true, description = "Show a batch line by line.")
    int show(@Mixin AdminSubcommand admin, @Parameters(paramLabel = "BATCH") long batch) {
        return admin.run(new AdminCommand.ShowPayouts(batch), answer -> print(admin, answer));
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Send a batch's money into transit. Who can no longer be paid is held back.")
    int approve(@Mixin AdminSubcommand admin, @Parameters(paramLabel = "BATCH") long batch) {
        return admin.run(new AdminCommand.ApprovePayouts(batch), answer -> print(admin, answer));
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Write an approved batch into a CSV file for the provider. Again gives the same file.")
    int export(
            @Mixin AdminSubcommand admin,
            @Parameters(paramLabel = "BATCH") long batch,
            @Option(
                            names = "--to",
                            required = true,
                            paramLabel = "FILE",
                            description = "A file that is not there yet; it will hold personal details.")
                    Path file) {
        if (Files.exists(file)) throw exists(file);
        return admin.run(new AdminCommand.ExportPayouts(batch), answer -> {
            write(file, answer.path("file").asString());
            admin.print(head(answer));
            admin.print("Written to " + file + ". Pay it, and then: payout record RESULTS-FILE");
        });
    }

    @Command(
            mixinStandardHelpOptions = true,
            description =
                    "Take in a provider's results: CSV with the columns payout_id, result (paid or failed), reference.")
    int record(@Mixin AdminSubcommand admin, @Parameters(paramLabel = "FILE") Path file) {
        Map<Long, List<PayoutResult>> batches = new TreeMap<>();
        try {
            for (PayoutResult result : new CsvProvider().results(read(file))) {
                batches.computeIfAbsent(PayoutBatch.numberOf(result.payoutId()), any -> new ArrayList<>())
                        .add(result);
            }
        } catch (IllegalArgumentException e) {
            throw new StartException(ExitCode.USAGE, file + ": " + e.getMessage() + ".", e);
        }
        batches.forEach((batch, results) -> record(admin, batch, results));
        return ExitCode.OK.number;
    }

    private static void record(AdminSubcommand admin, long batch, List<PayoutResult> results) {
        for (int from = 0; from < results.size(); from += RESULTS_AT_ONCE) {
            int to = Math.min(from + RESULTS_AT_ONCE, results.size());
            AdminCommand some = new AdminCommand.RecordPayouts(batch, results.subList(from, to));
            if (to < results.size()) admin.ask(some);
            else admin.run(some, answer -> print(admin, answer));
        }
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "End a batch that was not exported; money in transit goes back.")
    int cancel(@Mixin AdminSubcommand admin, @Parameters(paramLabel = "BATCH") long batch) {
        return admin.run(new AdminCommand.CancelPayouts(batch), answer -> print(admin, answer));
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Say how a creator, a host or the network is paid, or have it erased.")
    int payee(
            @Mixin AdminSubcommand admin,
            @Parameters(paramLabel = "ACCOUNT", description = "Such as creator:acme or network:fees.") String account,
            @Option(names = "--method", paramLabel = "WORD", description = "Such as iban.") Optional<String> method,
            @Option(
                            names = "--to-file",
                            paramLabel = "FILE",
                            description = "A file with the details, one line of up to 200 characters.")
                    Optional<Path> details,
            @Option(names = "--erase", description = "Erase what is known.") boolean erase) {
        if (erase == (method.isPresent() || details.isPresent()) || method.isPresent() != details.isPresent()) {
            throw new StartException(ExitCode.USAGE, "Give --method and --to-file, or --erase.");
        }
        try {
            Optional<PayeeDetails> payee = method.map(word -> new PayeeDetails(word, read(details.orElseThrow())));
            return admin.run(
                    new AdminCommand.SetPayee(new AccountId(account), payee),
                    answer -> admin.print((erase ? "Erased how " : "It is known how ") + account + " is paid"));
        } catch (IllegalArgumentException e) {
            throw new StartException(ExitCode.USAGE, e.getMessage() + ".", e);
        }
    }

    private static void print(AdminSubcommand admin, JsonNode answer) {
        if (answer.has("batch")) admin.print(head(answer));
        for (JsonNode line : answer.path("payouts")) {
            admin.print(String.format(
                    "%20s  %-9s  %s  %s%s%s",
                    AdminSubcommand.dollars(line.path("amount_nanodollars")),
                    line.path("state").asString(),
                    line.path("payout_id").asString(),
                    line.path("account").asString(),
                    line.has("pseudonym") ? " (" + line.path("pseudonym").asString() + ")" : "",
                    line.has("note") ? "  " + line.path("note").asString() : ""));
        }
    }

    private static String head(JsonNode batch) {
        return "Batch " + batch.path("batch") + " is " + batch.path("state").asString() + ", proposed "
                + batch.path("proposed_at").asString()
                + (batch.has("approved_by")
                        ? ", approved by " + batch.path("approved_by").asString()
                        : "");
    }

    private static String read(Path file) {
        try {
            return file.toString().equals("-")
                    ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                    : Files.readString(file);
        } catch (IOException e) {
            throw new StartException(
                    ExitCode.USAGE, "The file " + file + " cannot be read. Check its path and permissions.", e);
        }
    }

    private static void write(Path file, String text) {
        try {
            boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
            FileAttribute<?>[] ownerOnly = posix
                    ? new FileAttribute<?>[] {
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                    }
                    : new FileAttribute<?>[0];
            Files.createFile(file, ownerOnly);
            Files.writeString(file, text);
        } catch (FileAlreadyExistsException e) {
            throw exists(file);
        } catch (IOException e) {
            throw new StartException(
                    ExitCode.USAGE,
                    "The file " + file + " cannot be written. Choose another; the export can be repeated.",
                    e);
        }
    }

    private static StartException exists(Path file) {
        return new StartException(ExitCode.USAGE, "The file " + file + " is there already. Choose another.");
    }
}
