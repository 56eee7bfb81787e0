package com.peerllm.shared.transparency;

import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.identity.PeerKey;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.model.ModelId;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.TokenPrice;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One entry of the transparency log: a paid part of a job, another posted transfer, or all balances at a moment. UTF-8 text, one
 * {@code name value} for each line after the first, which tells the kind; no line feed at the end. A leaf has one spelling: what
 * {@link #parse} accepts, {@link #bytes} gives back to the byte.
 */
public sealed interface LogLeaf {
    /** The longest leaf that is read; the longest that is made has about 1,500 bytes. */
    int MAX_BYTES = 8 * 1024;

    /** When it happened, milliseconds since 1970 UTC by the orchestrator's clock. */
    long timeMillis();

    /** The leaf's text, as it is hashed. */
    String text();

    default byte[] bytes() {
        return text().getBytes(StandardCharsets.UTF_8);
    }

    /** @throws InvalidLogData when it is no leaf, or one in another spelling; the message says which line is wrong */
    static LogLeaf parse(byte[] bytes) throws InvalidLogData {
        return LeafReader.read(bytes);
    }

    /**
     * One host's part of one job, paid: the text that the orchestrator signs in the receipt ({@code Receipt.message()}, form v2).
     *
     * @param settledAtMillis the receipt's {@code settled}
     * @param delivered the hash chain over what was delivered, 64 hex digits
     * @param hostSignature base64url over the delivery statement; empty for {@code none}
     * @param creator who got the creator's share; empty for {@code none}
     * @param consumer commitment to who paid, 64 hex digits
     */
    record Payment(
            String orchestrator,
            JobId job,
            int segment,
            long settledAtMillis,
            HostId host,
            PeerKey hostKey,
            ModelId model,
            ModelDigest modelDigest,
            int promptTokens,
            int completionTokens,
            TokenPrice price,
            Credits charged,
            Credits hostShare,
            Credits networkShare,
            Credits creatorShare,
            Optional<AccountId> creator,
            String consumer,
            String delivered,
            Optional<String> hostSignature,
            PeerKey orchestratorKey)
            implements LogLeaf {
        static final String HEADER = "peerllm receipt v2";

        public Payment {
            creator.ifPresent(account -> LogAccounts.check("creator", account));
        }

        @Override
        public long timeMillis() {
            return settledAtMillis;
        }

        @Override
        public String text() {
            return String.join(
                    "\n",
                    HEADER,
                    "orchestrator " + orchestrator,
                    "job " + job,
                    "segment " + segment,
                    "settled " + settledAtMillis,
                    "host " + host,
                    "host-key " + hostKey,
                    "model " + model,
                    "digest " + modelDigest,
                    "prompt-tokens " + promptTokens,
                    "completion-tokens " + completionTokens,
                    "prompt-price " + price.promptPerMillion().nanoDollars(),
                    "completion-price " + price.completionPerMillion().nanoDollars(),
                    "charged " + charged.nanoDollars(),
                    "host-share " + hostShare.nanoDollars(),
                    "network-share " + networkShare.nanoDollars(),
                    "creator-share " + creatorShare.nanoDollars(),
                    "creator " + creator.map(AccountId::value).orElse("none"),
                    "consumer " + consumer,
                    "delivered " + delivered,
                    "host-signature " + hostSignature.orElse("none"),
                    "orchestrator-key " + orchestratorKey);
        }
    }

    /**
     * A posted transfer that is not the payment of a job: a top-up, a voucher, a promotion, a payout.
     *
     * @param cause the journal's word for it: lower-case letters, digits and {@code _}
     * @param debit whose balance falls; a consumer's or promo account by its commitment
     * @param credit whose balance rises; likewise
     * @param amount 0 or more
     */
    record Entry(long timeMillis, String cause, AccountId debit, AccountId credit, Credits amount) implements LogLeaf {
        static final String HEADER = "peerllm entry v1";
        private static final Pattern CAUSE = Pattern.compile("[a-z0-9_]{1,64}");

        public Entry {
            if (timeMillis < 0) throw new IllegalArgumentException("time is 0 or more");
            if (!CAUSE.matcher(cause).matches()) throw new IllegalArgumentException("cause is a word");
            if (amount.isNegative()) throw new IllegalArgumentException("amount is 0 or more");
            LogAccounts.check("debit", debit);
            LogAccounts.check("credit", credit);
        }

        @Override
        public String text() {
            return String.join(
                    "\n",
                    HEADER,
                    "time " + timeMillis,
                    "cause " + cause,
                    "debit " + debit,
                    "credit " + credit,
                    "amount " + amount.nanoDollars());
        }
    }

    /**
     * All balances after the leaves before it: a sum for each kind of account, and the tree over the single ones. Whether the sums
     * are right is for an audit to say; only their signs are checked here.
     *
     * @param accounts number of accounts in the tree
     * @param tree total and root of the {@link MerkleSum} over every account but those of the kinds mint and escrow
     */
    record State(
            long timeMillis,
            Credits consumer,
            Credits promo,
            Credits host,
            Credits creator,
            Credits network,
            Credits payout,
            Credits mint,
            long accounts,
            SumNode tree)
            implements LogLeaf {
        static final String HEADER = "peerllm state v1";

        public State {
            if (timeMillis < 0) throw new IllegalArgumentException("time is 0 or more");
            if (accounts < 0) throw new IllegalArgumentException("accounts is 0 or more");
            boolean negative = consumer.isNegative()
                    || promo.isNegative()
                    || host.isNegative()
                    || creator.isNegative()
                    || network.isNegative()
                    || payout.isNegative();
            if (negative) throw new IllegalArgumentException("only mint is below 0");
            if (mint.nanoDollars() > 0) throw new IllegalArgumentException("mint is 0 or less");
        }

        @Override
        public String text() {
            return String.join(
                    "\n",
                    HEADER,
                    "time " + timeMillis,
                    "consumer " + consumer.nanoDollars(),
                    "promo " + promo.nanoDollars(),
                    "host " + host.nanoDollars(),
                    "creator " + creator.nanoDollars(),
                    "network " + network.nanoDollars(),
                    "payout " + payout.nanoDollars(),
                    "mint " + mint.nanoDollars(),
                    "accounts " + accounts,
                    "sum " + tree.sum().nanoDollars(),
                    "root " + tree.hash().hex());
        }
    }
}
