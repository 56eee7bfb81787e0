package com.peerllm.shared;

import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.openai.ChatCompletionReader;
import com.peerllm.shared.openai.ChatCompletionRequest;
import com.peerllm.shared.openai.EmbeddingRequestReader;
import com.peerllm.shared.openai.InvalidRequest;
import com.peerllm.shared.openai.SchemaCheck;
import com.peerllm.shared.transparency.Checkpoint;
import com.peerllm.shared.transparency.Cosignature;
import com.peerllm.shared.transparency.EntryBundle;
import com.peerllm.shared.transparency.InvalidLogData;
import com.peerllm.shared.transparency.LogLeaf;
import com.peerllm.shared.transparency.LogVerifier;
import com.peerllm.shared.transparency.NoteKey;
import com.peerllm.shared.transparency.SignedNote;
import com.peerllm.shared.transparency.Tile;
import com.peerllm.shared.transparency.TlogProof;
import com.peerllm.shared.transparency.TreeHasher;
import com.peerllm.shared.wire.EmbeddingFrame;
import com.peerllm.shared.wire.TokenFrame;
import com.peerllm.shared.wire.WireCodec;
import com.peerllm.shared.wire.WireException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Every reader of what strangers send, each under the number that its input begins with. Any bytes end in a value, an {@link
 * InvalidRequest}, a {@link WireException} or an {@link InvalidLogData}; whatever else is thrown is a fault of ours.
 */
final class StrangersInput {
    private static final String CHAT = """
            {"model":"m@0123456789ab","messages":[{"role":"system","content":"s"},{"role":"user","content":[{"type":"text","text":"é"}]},
             {"role":"assistant","content":null,"reasoning_content":"t","tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]},
             {"role":"tool","tool_call_id":"c","content":"7"}],"stream":true,"stream_options":{"include_usage":true},"n":2,
             "temperature":0.5,"top_p":1,"top_k":40,"seed":-1,"stop":["a","b"],"logit_bias":{"5":-100},"logprobs":true,"top_logprobs":3,
             "max_tokens":5,"reasoning_effort":"low","tool_choice":"auto","tools":[{"type":"function","function":{"name":"f",
             "parameters":{"type":"object","properties":{"a":{"type":"string","pattern":"^[a-z]+$"}},"required":["a"]}}}]}""";

    private static final String FORM = """
            {"model":"m","messages":[{"role":"user","content":"x"}],"response_format":{"type":"json_schema","json_schema":{"name":"n",
             "schema":{"anyOf":[{"enum":[1,"a",null]},{"type":"array","items":{"$ref":"#/$defs/a"},"maxItems":3}],
             "$defs":{"a":{"type":"integer","minimum":-5,"maximum":1e3}}}}}}""";

    private static final String TEXTS =
            "{\"model\":\"m\",\"input\":[\"a\",\"b\"],\"encoding_format\":\"base64\",\"dimensions\":3,\"user\":\"u\"}";

    private static final PeerIdentity KEYS = PeerIdentity.generate();
    private static final LogVerifier LOG = new LogVerifier("log", KEYS.publicKey());
    private static final NoteKey WITNESS = NoteKey.ofWitness("witness", KEYS.publicKey());

    private StrangersInput() {}

    /** Reads the input with the reader that its first byte names. */
    static void read(byte[] input) {
        if (input.length == 0) return;
        byte[] rest = java.util.Arrays.copyOfRange(input, 1, input.length);
        try {
            switch (input[0]) {
                case 'c' -> {
                    ChatCompletionRequest chat = ChatCompletionReader.read(rest);
                    if (SchemaCheck.isNeeded(chat.options())) SchemaCheck.check(chat.options());
                }
                case 'e' -> EmbeddingRequestReader.read(rest);
                case 'h' -> WireCodec.decodeFromHost(new String(rest, StandardCharsets.UTF_8));
                case 'o' -> WireCodec.decodeFromOrchestrator(new String(rest, StandardCharsets.UTF_8));
                case 't' -> {
                    TokenFrame frame = TokenFrame.decode(rest);
                    if (frame.chunk().parted()) frame.chunk().parts();
                }
                case 'v' -> EmbeddingFrame.decode(rest);
                case 'l' -> LogLeaf.parse(rest);
                case 'n' -> Checkpoint.parse(SignedNote.parse(rest).text());
                case 'p' -> {
                    TlogProof proof = TlogProof.parse(new String(rest, StandardCharsets.UTF_8));
                    proof.verify(TreeHasher.EMPTY_ROOT, LOG);
                    Cosignature.of(proof.checkpoint(), List.of(WITNESS));
                }
                case 'k' -> NoteKey.parse(new String(rest, StandardCharsets.UTF_8));
                case 'b' -> EntryBundle.decode(rest, 2);
                case 'T' -> Tile.parse(new String(rest, StandardCharsets.UTF_8));
                default -> {}
            }
        } catch (InvalidRequest | WireException | InvalidLogData e) {
            // What a stranger is told.
        }
    }

    /** Good inputs for each reader. */
    static List<byte[]> good() {
        List<byte[]> inputs = new ArrayList<>(List.of(bytes("c" + CHAT), bytes("c" + FORM), bytes("e" + TEXTS)));
        try (Stream<Path> messages = Files.list(Path.of("src/test/resources/wire"))) {
            for (Path message : messages.sorted().toList()) {
                inputs.add(bytes("h" + Files.readString(message)));
                inputs.add(bytes("o" + Files.readString(message)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        inputs.add(
                new byte[] {'t', 1, 1, 0, 1, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 5, 0, 0, 0, 0, 2, 'a', 'b'});
        inputs.add(new byte[] {'v', 64, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 63});
        inputs.addAll(ofTheLog());
        return inputs;
    }

    private static List<byte[]> ofTheLog() {
        String hash = "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328";
        Checkpoint checkpoint = new Checkpoint("log", 1, TreeHasher.EMPTY_ROOT);
        SignedNote note = checkpoint.sign(KEYS).with(Cosignature.sign("witness", KEYS, checkpoint, 1));
        TlogProof proof = new TlogProof(Optional.of(new byte[5]), 0, List.of(TreeHasher.EMPTY_ROOT), note);
        String entry =
                "peerllm entry v1\ntime 5\ncause top_up\ndebit mint:credits\ncredit consumer:" + hash + "\namount 5";
        String state =
                "peerllm state v1\ntime 5\nconsumer 5\npromo 0\nhost 0\ncreator 0\nnetwork 0\npayout 0\nmint -5\naccounts 1"
                        + "\nsum 5\nroot " + hash;
        String payment = String.join(
                "\n",
                "peerllm receipt v2",
                "orchestrator o",
                "job job_" + hash.substring(32),
                "segment 0",
                "settled 5",
                "host host_" + hash.substring(32),
                "host-key " + KEYS.publicKey(),
                "model m",
                "digest " + hash,
                "prompt-tokens 1",
                "completion-tokens 1",
                "prompt-price 1",
                "completion-price 1",
                "charged 1",
                "host-share 1",
                "network-share 0",
                "creator-share 0",
                "creator none",
                "consumer " + hash,
                "delivered " + hash,
                "host-signature none",
                "orchestrator-key " + KEYS.publicKey());
        return List.of(
                bytes("l" + entry),
                bytes("l" + state),
                bytes("l" + payment),
                bytes("n" + note),
                bytes("p" + proof.format()),
                bytes("k" + WITNESS),
                bytes("b\u0000\u0002ab\u0000\u0000"),
                bytes("T" + new Tile(1, 1_234_067, 5)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
