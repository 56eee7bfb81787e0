package com.peerllm.orchestrator;

import com.peerllm.orchestrator.accounts.RateLimits;
import com.peerllm.orchestrator.api.HttpDoor;
import com.peerllm.orchestrator.audit.AuditRule;
import com.peerllm.orchestrator.hosts.HubLimits;
import com.peerllm.orchestrator.jobs.Hedging;
import com.peerllm.orchestrator.jobs.JobLimits;
import com.peerllm.orchestrator.payouts.PayoutRules;
import com.peerllm.orchestrator.storage.DatabaseAddress;
import com.peerllm.orchestrator.telemetry.Logs;
import com.peerllm.orchestrator.transparency.LogSettings;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.RevenueSplit;
import com.peerllm.shared.money.TokenPrice;
import com.peerllm.shared.transparency.InvalidLogData;
import com.peerllm.shared.transparency.NoteKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Runs the orchestrator until it is told to stop; its subcommands administer one, running or not. */
@Command(
        name = "peerllm orchestrator",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Run the network's orchestrator, or administer one.",
        footer = {
            "",
            "Exit codes: 0 done, 1 unexpected, 2 wrong usage, 3 port taken, 4 data folder, 5 database,",
            "6 TLS or address, 7 command refused or not ready, 8 receipt or log does not hold,",
            "9 log not readable."
        },
        subcommands = {
            AccountCommand.class,
            KeyCommand.class,
            VoucherCommand.class,
            LedgerCommand.class,
            LogCommand.class,
            ModelCommand.class,
            HostCommand.class,
            PayoutCommand.class,
            VerifyCommand.class,
            AuditCommand.class,
            BackupCommand.class,
            HealthCommand.class,
            SimulateCommand.class
        })
final class OrchestratorCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "Data folder (default: ${DEFAULT-VALUE}).")
    private Path data = defaultData();

    @Option(
            names = "--database",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description =
                    "PostgreSQL to keep everything in, as jdbc:postgresql://HOST/NAME (default: a file in the data"
                            + " folder).")
    private Optional<String> database = Optional.empty();

    @Option(
            names = "--database-user",
            paramLabel = "USER",
            scope = ScopeType.INHERIT,
            description = "User of that PostgreSQL.")
    private Optional<String> databaseUser = Optional.empty();

    @Option(
            names = "--database-password-file",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "File whose first line is that user's password.")
    private Optional<Path> databasePassword = Optional.empty();

    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            description = "Address to listen on (default: ${DEFAULT-VALUE}).")
    private String host;

    @Option(
            names = "--port",
            defaultValue = "8080",
            description = "Port, 0 for any free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--name",
            defaultValue = "peerllm",
            description = "Name in handshakes and receipts (default: ${DEFAULT-VALUE}).")
    private String name;

    @Option(names = "--tls-cert", paramLabel = "FILE", description = "PEM file of the certificate chain.")
    private Optional<Path> tlsCertificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "PEM file of the private key (PKCS#8).")
    private Optional<Path> tlsKey;

    @Option(
            names = "--allow-plaintext",
            description =
                    "Listen without TLS on an address other computers reach, for instance behind a proxy that does TLS.")
    private boolean allowPlaintext;

    @Option(
            names = "--prompt-price",
            paramLabel = "USD",
            defaultValue = "0.50",
            description = "Default price of a million prompt tokens (default: ${DEFAULT-VALUE}).")
    private String promptPrice;

    @Option(
            names = "--completion-price",
            paramLabel = "USD",
            defaultValue = "1.50",
            description = "Default price of a million completion tokens (default: ${DEFAULT-VALUE}).")
    private String completionPrice;

    @Option(
            names = "--grace",
            paramLabel = "SECONDS",
            defaultValue = "20",
            description = "How long running answers may go on after a stop (default: ${DEFAULT-VALUE}).")
    private int graceSeconds;

    @Option(
            names = "--audit-share",
            paramLabel = "SHARE",
            defaultValue = "0.02",
            description = "Share of a known host's answers that another host checks before they are paid; newcomers are"
                    + " checked more. 0 for none: no second host sees a prompt (default: ${DEFAULT-VALUE}).")
    private double auditShare;

    @Option(
            names = "--requests-per-minute",
            paramLabel = "N",
            description = "Limit of keys that have none of their own (default: no limit).")
    private Optional<Integer> requestsPerMinute;

    @Option(
            names = "--tokens-per-minute",
            paramLabel = "N",
            description = "Limit of keys that have none of their own (default: no limit).")
    private Optional<Integer> tokensPerMinute;

    @Option(
            names = "--queue-wait",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long a request waits for a free host at most, 0 to 3600 (default: ${DEFAULT-VALUE}).")
    private int queueWaitSeconds;

    @Option(
            names = "--hedge",
            description =
                    "Start a second host when the first token of a streamed answer is late, for at most 5 %% of the answers.")
    private boolean hedge;

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            description =
                    "Give metrics for Prometheus on this port, at /metrics; 0 for any free one (default: nowhere).")
    private Optional<Integer> metricsPort;

    @Option(
            names = "--metrics-host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Address of the metrics (default: ${DEFAULT-VALUE}); nobody is asked for a key there.")
    private String metricsHost;

    @Option(
            names = "--payout-threshold",
            paramLabel = "USD",
            defaultValue = "25",
            description = "The least that is paid out (default: ${DEFAULT-VALUE}).")
    private String payoutThreshold;

    @Option(
            names = "--payout-maturity-days",
            paramLabel = "DAYS",
            defaultValue = "7",
            description = "How long earnings of new hosts stay in escrow (default: ${DEFAULT-VALUE}).")
    private int payoutMaturityDays;

    @Option(
            names = "--payout-new-days",
            paramLabel = "DAYS",
            defaultValue = "30",
            description = "How long a host is new, from its first earnings on (default: ${DEFAULT-VALUE}).")
    private int payoutNewDays;

    @Option(
            names = "--witness",
            paramLabel = "KEY",
            description =
                    "Verifier key of a witness whose cosignatures are taken and served (NAME+HASH+KEY); repeatable.")
    private List<String> witnesses = List.of();

    @Option(
            names = "--witness-url",
            paramLabel = "URL",
            description = "Send checkpoints to this witness (C2SP tlog-witness), without /add-checkpoint; repeatable.")
    private List<String> witnessUrls = List.of();

    @Override
    public Integer call() throws InterruptedException {
        OrchestratorConfig config = config();
        Orchestrator orchestrator = Orchestrator.start(config);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
            orchestrator.close();
            Logs.close();
            stopped.countDown();
        }));
        String scheme = config.address().tls().isPresent() ? "https" : "http";
        spec.commandLine()
                .getOut()
                .println("Listening on " + scheme + "://" + host + ":" + orchestrator.port() + " as " + name);
        spec.commandLine().getOut().flush();
        stopped.await();
        return ExitCode.OK.number;
    }

    private OrchestratorConfig config() {
        Optional<HttpDoor.Tls> tls = tls();
        if (tls.isEmpty() && !allowPlaintext && !isLoopback(host)) {
            throw new StartException(
                    ExitCode.TLS,
                    "Other computers can reach " + host + ", and prompts would cross the network unencrypted. Give"
                            + " --tls-cert and --tls-key, or --allow-plaintext when a proxy in front does TLS.");
        }
        if (port < 0 || port > 65_535) {
            throw new StartException(ExitCode.USAGE, "--port is a number from 0 to 65535.");
        }
        return new OrchestratorConfig(
                data,
                database(),
                name,
                new HttpDoor.Address(host, port, tls),
                new TokenPrice(price(promptPrice), price(completionPrice)),
                RevenueSplit.STANDARD,
                jobLimits(),
                audits(),
                HubLimits.STANDARD,
                limits(),
                Duration.ofSeconds(Math.max(0, graceSeconds)),
                metrics(),
                LogSettings.STANDARD.withWitnesses(witnessKeys(), witnessUrls()),
                payouts());
    }

    private List<NoteKey> witnessKeys() {
        List<NoteKey> keys = new ArrayList<>();
        for (String text : witnesses) {
            try {
                NoteKey key = NoteKey.parse(text);
                if (key.type() != NoteKey.Type.COSIGNATURE) throw new InvalidLogData("It is not a witness's key");
                keys.add(key);
            } catch (InvalidLogData e) {
                throw new StartException(ExitCode.USAGE, "--witness " + text + ": " + e.getMessage() + ".", e);
            }
        }
        return keys;
    }

    private List<URI> witnessUrls() {
        if (!witnessUrls.isEmpty() && witnesses.isEmpty()) {
            throw new StartException(
                    ExitCode.USAGE, "--witness-url needs --witness: without a key no signature can be checked.");
        }
        return witnessUrls.stream().map(OrchestratorCommand::address).toList();
    }

    private static URI address(String text) {
        URI address = URI.create("about:blank");
        try {
            address = new URI(text);
        } catch (URISyntaxException e) {
            // Refused below.
        }
        boolean http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
        if (!http || address.getHost() == null) {
            throw new StartException(ExitCode.USAGE, "--witness-url " + text + " is not an http or https address.");
        }
        return address;
    }

    private JobLimits jobLimits() {
        if (queueWaitSeconds < 0 || queueWaitSeconds > 3600) {
            throw new StartException(ExitCode.USAGE, "--queue-wait is a number of seconds from 0 to 3600.");
        }
        return JobLimits.STANDARD
                .withQueue(Duration.ofSeconds(queueWaitSeconds))
                .withHedging(hedge ? Hedging.ON : Hedging.OFF);
    }

    private Optional<HttpDoor.Address> metrics() {
        if (metricsPort.filter(port -> port < 0 || port > 65_535).isPresent()) {
            throw new StartException(ExitCode.USAGE, "--metrics-port is a number from 0 to 65535.");
        }
        return metricsPort.map(port -> new HttpDoor.Address(metricsHost, port, Optional.empty()));
    }

    private AuditRule audits() {
        if (!(auditShare >= 0 && auditShare <= 1)) {
            throw new StartException(ExitCode.USAGE, "--audit-share is a number from 0 to 1.");
        }
        return AuditRule.STANDARD.withLeastShare(auditShare);
    }

    PayoutRules payouts() {
        try {
            return new PayoutRules(
                    AdminSubcommand.amount(payoutThreshold),
                    Duration.ofDays(payoutMaturityDays),
                    Duration.ofDays(payoutNewDays));
        } catch (IllegalArgumentException e) {
            throw new StartException(ExitCode.USAGE, e.getMessage() + ".", e);
        }
    }

    private RateLimits.Defaults limits() {
        try {
            return new RateLimits.Defaults(number(requestsPerMinute), number(tokensPerMinute));
        } catch (IllegalArgumentException e) {
            throw new StartException(ExitCode.USAGE, e.getMessage() + ".", e);
        }
    }

    private static OptionalInt number(Optional<Integer> given) {
        return given.isPresent() ? OptionalInt.of(given.get()) : OptionalInt.empty();
    }

    Path data() {
        return data;
    }

    DatabaseAddress database() {
        if (database.isPresent()) {
            String password = databasePassword
                    .map(file ->
                            read(file, ExitCode.DATABASE).lines().findFirst().orElse(""))
                    .orElse("");
            return new DatabaseAddress.Jdbc(database.get(), databaseUser.orElse(""), password);
        }
        if (databaseUser.isPresent() || databasePassword.isPresent()) {
            throw new StartException(
                    ExitCode.USAGE,
                    "--database-user and --database-password-file belong to --database, which is missing.");
        }
        return new DatabaseAddress.Embedded(data);
    }

    private Optional<HttpDoor.Tls> tls() {
        if (tlsCertificate.isPresent() != tlsKey.isPresent()) {
            throw new StartException(ExitCode.USAGE, "--tls-cert and --tls-key go together; one of them is missing.");
        }
        tlsCertificate.ifPresent(file -> read(file, ExitCode.TLS));
        tlsKey.ifPresent(file -> read(file, ExitCode.TLS));
        return tlsCertificate.map(
                file -> new HttpDoor.Tls(file.toString(), tlsKey.orElseThrow().toString()));
    }

    private static String read(Path file, ExitCode code) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new StartException(code, "The file " + file + " cannot be read. Check its path and permissions.", e);
        }
    }

    private static Credits price(String dollars) {
        try {
            Credits price = Credits.parseDollars(dollars);
            if (price.isNegative()) throw new IllegalArgumentException("negative");
            return price;
        } catch (IllegalArgumentException e) {
            throw new StartException(ExitCode.USAGE, "'" + dollars + "' is not a price in dollars such as 1.50.", e);
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new StartException(ExitCode.TLS, "The address '" + host + "' is not known. Check --host.", e);
        }
    }

    private static Path defaultData() {
        String home = System.getenv("PEERLLM_ORCHESTRATOR_DATA");
        return home != null && !home.isBlank()
                ? Path.of(home)
                : Path.of(System.getProperty("user.home"), ".local", "share", "peerllm-orchestrator");
    }
}
