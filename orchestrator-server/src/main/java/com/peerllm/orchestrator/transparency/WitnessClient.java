package com.peerllm.orchestrator.transparency;

import com.peerllm.shared.transparency.InvalidLogData;
import com.peerllm.shared.transparency.SignedNote;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends new checkpoints to one witness and takes its signatures back, on a thread of its own: nothing waits for a witness. The
 * witness knows how much it has seen and says so; nothing about it is kept here.
 */
public final class WitnessClient implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WitnessClient.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final int MAX_ANSWER_BYTES = 64 * 1024;

    private final URI address;
    private final LogPublisher log;
    private final LogProofs proofs;
    private final Duration pause;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    /** Leaves that the witness has signed for. */
    private long seen;

    private String signed = "";
    private boolean failing;

    /**
     * @param url the witness's address, to which {@code /add-checkpoint} is added
     * @param pause between two checkpoints at least
     */
    public WitnessClient(URI url, LogPublisher log, Duration pause, ThreadFactory threads) {
        this.address = URI.create(url.toString().replaceAll("/+$", "") + "/add-checkpoint");
        this.log = log;
        this.proofs = new LogProofs(log.tiles());
        this.pause = pause;
        this.thread = threads.newThread(this::run);
    }

    public void start() {
        thread.start();
    }

    private void run() {
        Duration wait = pause;
        try {
            while (!closing.await(wait.toNanos(), TimeUnit.NANOSECONDS)) {
                wait = round() ? pause : longer(wait);
            }
        } catch (InterruptedException e) {
            // The client is closed.
        }
    }

    private static Duration longer(Duration wait) {
        Duration twice = wait.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    /** @return false when it failed */
    private boolean round() throws InterruptedException {
        if (log.published().isEmpty()) return true;
        Published newest = log.published().get();
        if (newest.note().text().equals(signed)) return true;
        try {
            submit(newest);
            signed = newest.note().text();
            if (failing) LOG.info("The witness at {} signs again", address.getHost());
            failing = false;
            return true;
        } catch (IOException | RuntimeException e) {
            if (!failing && closing.getCount() > 0) {
                LOG.warn("The witness at {} did not sign and will be asked again: {}", address.getHost(), e.toString());
            }
            failing = true;
            return false;
        }
    }

    private void submit(Published newest) throws IOException, InterruptedException {
        SignedNote own =
                new SignedNote(newest.note().text(), newest.note().signatures().subList(0, 1));
        HttpResponse<byte[]> answer = send(newest, own);
        if (answer.statusCode() == 409) {
            seen = WitnessRequest.size(text(answer));
            if (seen > newest.size()) {
                throw new InvalidLogData("it has seen " + seen + " leaves of this log, which has " + newest.size()
                        + "; was the data folder restored from an old copy?");
            }
            answer = send(newest, own);
        }
        if (answer.statusCode() != 200) throw new InvalidLogData("it answered with status " + answer.statusCode());
        log.cosign(WitnessRequest.cosigned(own, text(answer)).bytes());
        seen = newest.size();
    }

    private HttpResponse<byte[]> send(Published newest, SignedNote own) throws IOException, InterruptedException {
        byte[] body =
                WitnessRequest.body(proofs.consistency(newest, Math.min(seen, newest.size()), newest.size()), own);
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("content-type", "text/plain; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return http.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        closing.countDown();
        thread.interrupt();
        http.shutdownNow();
    }
}
