package com.peerllm.shared.transparency;

import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.identity.PeerKey;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.model.ModelId;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.TokenPrice;
import java.util.Optional;
import java.util.function.Function;

/** Reads the lines of one leaf in their order; each must be there, and no other. */
final class LeafReader {
    private static final String NONE = "none";

    private final String text;
    private int at;
    private int line = 1;

    private LeafReader(String text) {
        this.text = text;
    }

    static LogLeaf read(byte[] bytes) throws InvalidLogData {
        if (bytes.length > LogLeaf.MAX_BYTES) throw new InvalidLogData("A leaf has at most 8192 bytes");
        LeafReader reader = new LeafReader(StrictText.utf8(bytes, "The leaf"));
        LogLeaf leaf = reader.leaf();
        // Whatever the lines allow more than once (a sign, a zero, a padding) is not allowed here.
        if (!leaf.text().equals(reader.text)) throw new InvalidLogData("The leaf is not in its usual spelling");
        return leaf;
    }

    private LogLeaf leaf() throws InvalidLogData {
        String header = nextLine();
        try {
            LogLeaf leaf = switch (header) {
                case LogLeaf.Payment.HEADER -> payment();
                case LogLeaf.Entry.HEADER -> entry();
                case LogLeaf.State.HEADER -> state();
                default -> throw new InvalidLogData("The first line is not that of a leaf known here");
            };
            if (at <= text.length()) throw new InvalidLogData("The leaf has more lines than it should");
            return leaf;
        } catch (IllegalArgumentException e) {
            throw new InvalidLogData("The leaf is wrong: " + e.getMessage(), e);
        }
    }

    private LogLeaf.Payment payment() throws InvalidLogData {
        return new LogLeaf.Payment(
                value("orchestrator"),
                value("job", JobId::new),
                (int) number("segment", Integer.MAX_VALUE),
                number("settled", Long.MAX_VALUE),
                value("host", HostId::new),
                value("host-key", PeerKey::parse),
                value("model", ModelId::new),
                value("digest", ModelDigest::new),
                (int) number("prompt-tokens", Integer.MAX_VALUE),
                (int) number("completion-tokens", Integer.MAX_VALUE),
                new TokenPrice(credits("prompt-price"), credits("completion-price")),
                credits("charged"),
                credits("host-share"),
                credits("network-share"),
                credits("creator-share"),
                orNone("creator").map(AccountId::new),
                hex("consumer"),
                hex("delivered"),
                orNone("host-signature"),
                value("orchestrator-key", PeerKey::parse));
    }

    private LogLeaf.Entry entry() throws InvalidLogData {
        return new LogLeaf.Entry(
                number("time", Long.MAX_VALUE),
                value("cause"),
                value("debit", AccountId::new),
                value("credit", AccountId::new),
                credits("amount"));
    }

    private LogLeaf.State state() throws InvalidLogData {
        return new LogLeaf.State(
                number("time", Long.MAX_VALUE),
                credits("consumer"),
                credits("promo"),
                credits("host"),
                credits("creator"),
                credits("network"),
                credits("payout"),
                debt("mint"),
                number("accounts", Long.MAX_VALUE),
                new SumNode(credits("sum"), TreeHash.parseHex(hex("root"))));
    }

    private String nextLine() throws InvalidLogData {
        if (at > text.length()) throw new InvalidLogData("The leaf ends after line " + (line - 1));
        int end = text.indexOf('\n', at);
        String next = end < 0 ? text.substring(at) : text.substring(at, end);
        at += next.length() + 1;
        line++;
        return next;
    }

    private String value(String name) throws InvalidLogData {
        int number = line;
        String next = nextLine();
        if (next.length() <= name.length() + 1 || !next.startsWith(name) || next.charAt(name.length()) != ' ') {
            throw new InvalidLogData("Line " + number + " is not '" + name + " ...'");
        }
        return next.substring(name.length() + 1);
    }

    private <T> T value(String name, Function<String, T> read) throws InvalidLogData {
        String value = value(name);
        try {
            return read.apply(value);
        } catch (IllegalArgumentException e) {
            throw new InvalidLogData("The line '" + name + "' is wrong: " + e.getMessage(), e);
        }
    }

    private Optional<String> orNone(String name) throws InvalidLogData {
        String value = value(name);
        return value.equals(NONE) ? Optional.empty() : Optional.of(value);
    }

    private String hex(String name) throws InvalidLogData {
        String value = value(name);
        if (LogAccounts.isCommitment(value)) return value;
        throw new InvalidLogData("The line '" + name + "' is not 64 hex digits");
    }

    private long number(String name, long most) throws InvalidLogData {
        long number = StrictText.number(value(name), "The line '" + name + "'");
        if (number > most) throw new InvalidLogData("The line '" + name + "' is more than " + most);
        return number;
    }

    private Credits credits(String name) throws InvalidLogData {
        return new Credits(number(name, Long.MAX_VALUE));
    }

    /** An amount of 0 or less. */
    private Credits debt(String name) throws InvalidLogData {
        String value = value(name);
        if (value.equals("0")) return Credits.ZERO;
        if (!value.startsWith("-")) throw new InvalidLogData("The line '" + name + "' is not 0 or less");
        return new Credits(-StrictText.number(value.substring(1), "The line '" + name + "'"));
    }
}
