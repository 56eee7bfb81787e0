package com.peerllm.orchestrator;

import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.wire.AnnouncedModel;
import com.peerllm.shared.wire.AnswerChunk;
import com.peerllm.shared.wire.FromHost;
import com.peerllm.shared.wire.FromOrchestrator.AuditOffer;
import com.peerllm.shared.wire.FromOrchestrator.JobOffer;
import com.peerllm.shared.wire.SaidHash;
import com.peerllm.shared.wire.TokenFrame;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A model of a few words, with hosts that serve it honestly, hosts that lie about it in every way that pays, and auditors. Its
 * prompt has ten tokens; its token ids are its words.
 */
final class LyingHost {
    static final int PROMPT_TOKENS = 10;
    static final int END = 7;
    static final int SILENT = 8;

    /** The honest answer. */
    static final List<Integer> ANSWER = List.of(100, 101, 102, 103);

    private static final Map<Integer, String> WORDS =
            new TreeMap<>(Map.of(100, "The", 101, " map", 102, " was", 103, " old", 104, " gold", END, "", SILENT, ""));

    private LyingHost() {}

    static String text(List<Integer> ids) {
        StringBuilder text = new StringBuilder();
        for (int id : ids) text.append(WORDS.getOrDefault(id, ""));
        return text.toString();
    }

    /** A host with the model that can also check others, and is asked first or last. */
    static AnnouncedModel model(double tokensPerSecond) {
        return new AnnouncedModel(
                "Sprout",
                ScriptedHost.MODEL,
                1_531_744,
                "llama",
                "Q8_0",
                768,
                1024,
                4,
                tokensPerSecond,
                1_000_000,
                0,
                List.of("chat", "logprobs", "audit"));
    }

    /** Serves the model truly and checks truly; slow, so that the router takes it when the fast ones fail. */
    static ScriptedHost honest(TestNetwork network) {
        return honest(network, 1);
    }

    static ScriptedHost honest(TestNetwork network, double tokensPerSecond) {
        ScriptedHost host = ScriptedHost.join(
                network.client, network.url(), PeerIdentity.generate(), model(tokensPerSecond), LyingHost::answer);
        host.audits = LyingHost::check;
        return host;
    }

    /** Takes no answers, and checks truly. */
    static ScriptedHost auditor(TestNetwork network) {
        AnnouncedModel answering = model(1);
        ScriptedHost host = ScriptedHost.join(
                network.client,
                network.url(),
                PeerIdentity.generate(),
                new AnnouncedModel(
                        answering.name(),
                        answering.digest(),
                        answering.sizeBytes(),
                        answering.architecture(),
                        answering.quantization(),
                        answering.contextLength(),
                        answering.vocabularySize(),
                        answering.slots(),
                        1,
                        1,
                        0,
                        List.of("audit")),
                (self, offer) -> {});
        host.audits = LyingHost::check;
        return host;
    }

    /** Lies about answers in the given way, and is so fast that the router takes it first. */
    static ScriptedHost liar(TestNetwork network, java.util.function.BiConsumer<ScriptedHost, JobOffer> lie) {
        ScriptedHost host =
                ScriptedHost.join(network.client, network.url(), PeerIdentity.generate(), model(100_000), lie);
        host.audits = LyingHost::check;
        return host;
    }

    /** The whole answer, one word a frame. */
    static void answer(ScriptedHost self, JobOffer offer) {
        self.answerIds(offer, PROMPT_TOKENS, ANSWER, LyingHost::text);
    }

    /** What the ids say by this model's vocabulary, and what the prompt has. */
    static void check(ScriptedHost self, AuditOffer offer) {
        boolean possible =
                WORDS.keySet().containsAll(offer.tokens()) && !offer.tokens().contains(END);
        SaidHash said = new SaidHash();
        said.add(AnswerChunk.plain(text(offer.tokens()).getBytes(StandardCharsets.UTF_8)));
        self.send(new FromHost.AuditDone(offer.stream(), PROMPT_TOKENS, possible, said.hex()));
    }

    /** Finds that nobody ever says what it claims. */
    static void slander(ScriptedHost self, AuditOffer offer) {
        self.send(new FromHost.AuditDone(offer.stream(), 1, true, "00".repeat(32)));
    }

    static void frame(ScriptedHost self, JobOffer offer, int position, int[] ids, String text) {
        self.send(new TokenFrame(
                offer.stream(), position, ids, AnswerChunk.plain(text.getBytes(StandardCharsets.UTF_8))));
    }
}
