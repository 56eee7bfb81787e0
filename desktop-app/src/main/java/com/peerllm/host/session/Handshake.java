package com.peerllm.host.session;

import com.peerllm.host.settings.HostSettings;
import com.peerllm.host.settings.MetOrchestrator;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.wire.AnnouncedModel;
import com.peerllm.shared.wire.FromHost;
import com.peerllm.shared.wire.FromOrchestrator;
import com.peerllm.shared.wire.Protocol;
import com.peerllm.shared.wire.RefusalCode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Decides what a host answers to an orchestrator's challenge: a pure function of what both know. */
final class Handshake {
    static final Duration MOST_SKEW = Duration.ofMinutes(5);

    /** What a terminal shows as it is. */
    private static final Pattern NAME = Pattern.compile("[\\p{Graph} ]{1,80}");

    private Handshake() {}

    /** What the host knows when it is challenged. */
    record Known(
            PeerIdentity self,
            String software,
            String hardware,
            OrchestratorAddress address,
            HostSettings settings,
            long nowMillis) {}

    /** What comes of a challenge. */
    sealed interface Answer {
        /**
         * @param who to be remembered once this host is welcome
         * @param warning about the clock
         */
        record Say(FromHost.Hello hello, MetOrchestrator who, Optional<String> warning) implements Answer {}

        record Leave(LinkEnd end) implements Answer {}
    }

    static Answer answer(Known known, FromOrchestrator.Challenge challenge, List<AnnouncedModel> models) {
        if (challenge.minimumVersion() > Protocol.VERSION) {
            return new Answer.Leave(LinkEnd.refused(
                    RefusalCode.UPDATE_NEEDED,
                    "This host is too old for the network: it speaks version " + Protocol.VERSION + " and version "
                            + challenge.minimumVersion() + " is needed. Update PeerLLM."));
        }
        if (decoded(challenge.nonce()).length < Protocol.NONCE_BYTES) {
            return new Answer.Leave(LinkEnd.protocolError("The orchestrator's challenge is too short to be signed."));
        }
        if (!NAME.matcher(challenge.orchestratorName()).matches()) {
            return new Answer.Leave(LinkEnd.protocolError("The orchestrator's name cannot be shown."));
        }
        MetOrchestrator who =
                new MetOrchestrator(challenge.orchestratorName(), challenge.orchestratorKey(), known.nowMillis());
        MetOrchestrator met =
                known.settings().metOrchestrators().get(known.address().text());
        if (met != null && !met.isSameAs(who.name(), who.key())) return new Answer.Leave(changed(known, met, who));
        return new Answer.Say(hello(known, challenge, models), met == null ? who : met, skew(known, challenge));
    }

    private static LinkEnd changed(Known known, MetOrchestrator met, MetOrchestrator now) {
        return LinkEnd.stop(
                "orchestrator_changed",
                "Somebody else answers at " + known.address() + ": it was \"" + met.name() + "\" with key " + met.key()
                        + ", now it says \"" + now.name() + "\" with key " + now.key()
                        + ". If its operator confirms the change, remove the address from metOrchestrators in"
                        + " settings.json.");
    }

    private static FromHost.Hello hello(
            Known known, FromOrchestrator.Challenge challenge, List<AnnouncedModel> models) {
        byte[] signature = known.self()
                .sign(Protocol.handshakeMessage(
                        challenge.nonce(),
                        challenge.orchestratorName(),
                        known.self().publicKey()));
        return new FromHost.Hello(
                Protocol.VERSION,
                known.software(),
                known.self().publicKey(),
                Base64.getUrlEncoder().withoutPadding().encodeToString(signature),
                known.nowMillis(),
                known.hardware(),
                models);
    }

    private static Optional<String> skew(Known known, FromOrchestrator.Challenge challenge) {
        Duration skew = Duration.ofMillis(known.nowMillis() - challenge.sentAtMillis());
        if (skew.abs().compareTo(MOST_SKEW) <= 0) return Optional.empty();
        return Optional.of("This computer's clock is " + skew.abs().toMinutes() + " minutes "
                + (skew.isNegative() ? "behind" : "ahead of")
                + " the orchestrator's. Set the clock right: receipts and promises carry times.");
    }

    private static byte[] decoded(String base64Url) {
        try {
            return Base64.getUrlDecoder().decode(base64Url.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
        }
    }
}
