package com.peerllm.endtoend.demo;

import com.peerllm.endtoend.client.AnswerStream;
import com.peerllm.endtoend.client.ChatAnswer;
import com.peerllm.endtoend.client.ChatRequest;
import com.peerllm.endtoend.client.OpenAiClient;
import com.peerllm.endtoend.client.StreamedAnswer;
import com.peerllm.endtoend.network.Administrator;
import com.peerllm.endtoend.network.Balances;
import com.peerllm.endtoend.network.ConnectedHost;
import com.peerllm.endtoend.network.HostOptions;
import com.peerllm.endtoend.network.LedgerAudit;
import com.peerllm.endtoend.network.LocalHost;
import com.peerllm.endtoend.network.LocalNetwork;
import com.peerllm.endtoend.network.PublicAudit;
import com.peerllm.endtoend.process.ProgramException;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.ledger.ReceiptVerifier;
import com.peerllm.shared.money.Credits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** One run of the demo, step by step: start, ask, show the money. */
final class DemoRun {
    private static final Credits TEST_CREDITS = Credits.ofDollars(1);
    private static final String CONSUMER = "demo";
    private static final int HOSTS = 2;
    private static final int KILL_ATTEMPTS = 5;
    private static final Duration LONGEST_SETTLEMENT = Duration.ofSeconds(10);

    private final LocalNetwork network;
    private final Screen screen;

    DemoRun(LocalNetwork network, Screen screen) {
        this.network = network;
        this.screen = screen;
    }

    /** @param modelFile empty for the starter model */
    void run(Optional<Path> modelFile, List<String> prompts, boolean keep) {
        screen.fact("orchestrator", network.orchestrator().url());
        HostOptions options = modelFile.map(HostOptions::serving).orElse(HostOptions.STARTER_MODEL);
        for (int i = 0; i < HOSTS; i++) network.startHost(options);
        String apiKey = network.newKey(CONSUMER, TEST_CREDITS);
        network.awaitHosts().forEach(this::show);
        screen.fact("consumer", CONSUMER + ", with " + Screen.dollars(TEST_CREDITS) + " of test credits");

        try (OpenAiClient consumer = new OpenAiClient(network.orchestrator().url(), apiKey)) {
            String model = consumer.get("/v1/models")
                    .json()
                    .path("data")
                    .path(0)
                    .path("id")
                    .asString();
            List<JobId> jobs = new ArrayList<>();
            for (String prompt : prompts) jobs.add(ask(consumer, ChatRequest.of(model, prompt)));
            killed(consumer, ChatRequest.of(model, prompts.getLast())).ifPresent(jobs::add);
            List<Receipt> receipts =
                    jobs.stream().map(job -> receipt(consumer, job)).toList();
            showMoney(receipts.getLast());
            if (keep) keep(apiKey, model);
        }
    }

    private void show(ConnectedHost host) {
        ConnectedHost.Model serving = host.models().getFirst();
        screen.fact("host", host.pseudonym() + ", serving " + serving.name() + " with " + serving.slots() + " slots");
    }

    private JobId ask(OpenAiClient consumer, ChatRequest request) {
        Paragraph paragraph = screen.question(request.prompt());
        try (AnswerStream stream = consumer.stream(request)) {
            StreamedAnswer streamed = stream.rest(paragraph::add);
            paragraph.end();
            ChatAnswer answer = streamed.whole().orElseThrow(() -> brokenOff(streamed));
            screen.answered(streamed, answer);
            return answer.extras().receipt();
        }
    }

    /** The last question once more, and the host that answers it is killed. A quick answer can be done before: then again, a few times. */
    private Optional<JobId> killed(OpenAiClient consumer, ChatRequest request) {
        screen.title("The same question, and the host that answers is killed (kill -9)");
        for (int attempt = 1; attempt <= KILL_ATTEMPTS; attempt++) {
            Optional<Takeover> takeover = Takeover.of(network, consumer, request, screen.question(request.prompt()));
            network.hosts().stream().filter(host -> !host.process().isAlive()).forEach(LocalHost::restart);
            network.awaitHosts();
            if (takeover.isPresent()) {
                JobId job = takeover.get().answer().extras().receipt();
                receipt(consumer, job);
                screen.takenOver(takeover.get(), consumer.receipts(job));
                return Optional.of(job);
            }
            screen.line("  The answer was complete before the host was dead.");
        }
        screen.line("  This answer is too short to lose its host in the middle; a longer one would show it.");
        return Optional.empty();
    }

    private static ProgramException brokenOff(StreamedAnswer streamed) {
        String why = streamed.failure().map(failed -> failed.message()).orElse("the stream ended early");
        return new ProgramException("The answer broke off: " + why);
    }

    /** The last part's receipt. It is there a moment after the answer, when no crash can undo the payment any more. */
    private Receipt receipt(OpenAiClient consumer, JobId job) {
        long until = System.nanoTime() + LONGEST_SETTLEMENT.toNanos();
        while (System.nanoTime() < until) {
            List<Receipt> receipts = consumer.receipts(job);
            if (!receipts.isEmpty()) return receipts.getLast();
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        throw new ProgramException("An answer was not paid for within " + LONGEST_SETTLEMENT.toSeconds() + " s."
                + network.orchestrator().process().said());
    }

    private void showMoney(Receipt receipt) {
        Administrator administrator = network.orchestrator().administrator();
        Balances balances = administrator.balances();
        LedgerAudit audit = administrator.audit();
        ReceiptVerifier.Verdict verdict = ReceiptVerifier.verify(receipt, Optional.empty());
        screen.balances(balances);
        screen.audit(audit);
        PublicAudit seen = network.orchestrator().auditFromOutside();
        screen.publicLog(seen);
        screen.receipt(receipt, verdict);
        if (!balances.sum().isZero() || !audit.clean() || !seen.clean() || !verdict.holds()) {
            throw new ProgramException("The money does not add up; the lines above say where.");
        }
    }

    /** Shows how to call the network and leaves it running, until Ctrl-C or until a part of it breaks. */
    private void keep(String apiKey, String model) {
        screen.title("The network goes on running until Ctrl-C. Ask it something:");
        screen.line("");
        screen.line("curl -N " + network.orchestrator().url() + "/v1/chat/completions \\");
        screen.line("  -H 'Authorization: Bearer " + apiKey + "' \\");
        screen.line("  -H 'Content-Type: application/json' \\");
        screen.line("  -d '{\"model\": \"" + model + "\", \"stream\": true, \"messages\":"
                + " [{\"role\": \"user\", \"content\": \"Tell me a story about a fox.\"}]}'");
        screen.line("");
        throw network.awaitBreakdown();
    }
}
