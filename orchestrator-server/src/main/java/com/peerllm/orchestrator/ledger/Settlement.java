package com.peerllm.orchestrator.ledger;

import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.identity.PeerKey;
import com.peerllm.shared.identity.Sha256;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.model.ModelId;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.RevenueSplit;
import com.peerllm.shared.money.TokenPrice;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** What was delivered for one job, host by host, as the orchestrator counted it. */
public record Settlement(JobId job, AccountId consumer, List<Segment> segments) {
    /** More hosts than any job may pass through. */
    static final int MAX_SEGMENTS = 64;

    public Settlement {
        segments = List.copyOf(segments);
        if (segments.size() > MAX_SEGMENTS) {
            throw new IllegalArgumentException("A job has at most " + MAX_SEGMENTS + " segments");
        }
    }

    /** True when no host delivered a token: then nothing is charged and the hold is released. */
    boolean deliversNothing() {
        return segments.stream().allMatch(Segment::isEmpty);
    }

    /** SHA-256, hex, of everything that is settled: the same settlement has the same one. */
    String fingerprint() {
        StringBuilder text = new StringBuilder("peerllm settlement v1\n" + job + "\n" + consumer);
        for (Segment segment : segments) text.append('\n').append(segment.line());
        return HexFormat.of().formatHex(Sha256.of(text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * The part of a job that one host did.
     *
     * @param promptTokens prompt tokens the consumer pays for in this segment
     * @param creator who receives the royalty; present when, and only when, the split has one
     * @param deliveryHash last value of the {@link com.peerllm.shared.ledger.DeliveryHash}, 64 hex digits
     * @param hostSignature base64url over the delivery statement; absent when the host left before it could sign
     */
    public record Segment(
            PeerKey hostKey,
            ModelId model,
            ModelDigest digest,
            int promptTokens,
            int completionTokens,
            TokenPrice price,
            RevenueSplit split,
            Optional<AccountId> creator,
            String deliveryHash,
            Optional<String> hostSignature) {

        public Segment {
            if (promptTokens < 0 || completionTokens < 0) {
                throw new IllegalArgumentException("Token counts cannot be negative");
            }
            if (creator.isPresent() && !creator.get().kind().equals(AccountKind.CREATOR.word())) {
                throw new IllegalArgumentException("A royalty goes to an account of kind creator");
            }
            if (creator.isPresent() != split.royaltyBasisPoints() > 0) {
                throw new IllegalArgumentException("A royalty needs a creator, and a creator a royalty");
            }
        }

        public HostId host() {
            return HostId.of(hostKey);
        }

        private String line() {
            return String.join(
                    " ",
                    hostKey.toString(),
                    model.value(),
                    digest.hex(),
                    promptTokens + "+" + completionTokens,
                    price.promptPerMillion().nanoDollars() + "+"
                            + price.completionPerMillion().nanoDollars(),
                    split.networkBasisPoints() + "+" + split.royaltyBasisPoints(),
                    creator.map(AccountId::value).orElse("-"),
                    deliveryHash,
                    hostSignature.orElse("-"));
        }

        boolean isEmpty() {
            return promptTokens == 0 && completionTokens == 0;
        }
    }

    /**
     * A settlement that no crash can undo.
     *
     * @param charged what the consumer paid
     * @param released what of the hold went back to the consumer
     * @param receipts one for each segment that delivered anything, in order
     */
    public record Done(JobId job, Credits charged, Credits released, List<Receipt> receipts) {
        public Done {
            receipts = List.copyOf(receipts);
        }
    }
}
