package com.peerllm.host.diagnostics;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.session.LinkHttp;
import com.peerllm.host.session.OrchestratorAddress;
import com.peerllm.host.settings.HostSettings;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Whether the network answers, and whether its clock and this computer's agree. */
final class NetworkCheck implements Doctor.Check {
    private static final Duration FINE = Duration.ofSeconds(30);
    /** Signed requests are good for so long. */
    private static final Duration TOO_MUCH = Duration.ofMinutes(5);

    private final HostSettings settings;
    private final Preflight.Subject subject;
    private final OkHttpClient http;

    NetworkCheck(HostSettings settings, Preflight.Subject subject, OkHttpClient http) {
        this.settings = settings;
        this.subject = subject;
        this.http = http;
    }

    @Override
    public String name() {
        return "network";
    }

    @Override
    public List<Finding> look() {
        if (settings.orchestrator().isEmpty())
            return List.of(Finding.warn(
                    "network",
                    "No network is set.",
                    "Start sharing in the window, or name one: peerllm host start --orchestrator wss://..."));
        try {
            return asked(OrchestratorAddress.parse(settings.orchestrator().get(), subject.allowPlaintext()));
        } catch (HostException e) {
            return List.of(Finding.fail("network", e.sentence(), "Correct the address in the settings."));
        } finally {
            LinkHttp.close(http);
        }
    }

    private List<Finding> asked(OrchestratorAddress address) {
        Request request = new Request.Builder()
                .url(address.http().newBuilder().addPathSegment("healthz").build())
                .build();
        try (Response response = http.newCall(request).execute()) {
            Instant now = subject.clock().instant();
            Finding reached = response.isSuccessful()
                    ? Finding.ok("network", address + " answers.")
                    : Finding.warn(
                            "network",
                            address + " answers with HTTP " + response.code() + ".",
                            "Try again later, or check the address.");
            return List.of(reached, clock(Optional.ofNullable(response.header("Date")), now));
        } catch (IOException e) {
            return List.of(Finding.fail(
                    "network",
                    "Nothing answers at " + address + " (" + e.getClass().getSimpleName() + ").",
                    "Check this computer's connection, the address, and a firewall on the way."));
        }
    }

    static Finding clock(Optional<String> date, Instant now) {
        Optional<Instant> theirs = date.flatMap(NetworkCheck::instant);
        if (theirs.isEmpty())
            return Finding.ok("clock", "The network does not tell its time; nothing to compare with.");
        Duration apart = Duration.between(theirs.get(), now).abs();
        String found = "This computer's clock and the network's differ by " + apart.toSeconds() + " s.";
        if (apart.compareTo(FINE) <= 0) return Finding.ok("clock", found);
        String todo = "Set this computer's clock, best automatically.";
        return apart.compareTo(TOO_MUCH) < 0 ? Finding.warn("clock", found, todo) : Finding.fail("clock", found, todo);
    }

    private static Optional<Instant> instant(String date) {
        try {
            return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
