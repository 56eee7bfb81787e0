package com.peerllm.shared.audit;

import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.Sha256;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.transparency.LogLeaf;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * What everybody has by what the leaves say: a sum for each kind of account, and a balance for each account that is named. People
 * are only in the sums: the log names them by commitments that nobody can link.
 */
final class Balances {
    /** In the order of a state leaf's lines. */
    enum Kind {
        CONSUMER(false),
        PROMO(false),
        HOST(true),
        CREATOR(true),
        NETWORK(true),
        PAYOUT(true),
        MINT(false);

        /** Whether single accounts are followed. */
        final boolean named;

        Kind(boolean named) {
            this.named = named;
        }

        static Kind of(AccountId account) throws WrongLeaf {
            return switch (account.kind()) {
                case "consumer" -> CONSUMER;
                case "promo" -> PROMO;
                case "host" -> HOST;
                case "creator" -> CREATOR;
                case "network" -> NETWORK;
                case "payout" -> PAYOUT;
                case "mint" -> MINT;
                default -> throw new WrongLeaf("Money is posted to an account of a kind that has none.");
            };
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final long[] totals = new long[Kind.values().length];

    /** What accounts of a kind had together before the log began. */
    private final long[] before = new long[Kind.values().length];

    /** How far accounts of a kind are together below what the log says that they got: covered by what was before. */
    private final long[] overdrawn = new long[Kind.values().length];

    private final CompactTable named;
    private long withBalance;

    Balances(RandomGenerator random) {
        this(new CompactTable(random));
    }

    private Balances(CompactTable named) {
        this.named = named;
    }

    /** Takes over what the first leaf says, which nothing can be compared with. */
    void begin(LogLeaf.State state) {
        for (Kind kind : Kind.values()) {
            totals[kind.ordinal()] = said(state, kind);
            before[kind.ordinal()] = totals[kind.ordinal()];
        }
    }

    static long said(LogLeaf.State state, Kind kind) {
        Credits amount = switch (kind) {
            case CONSUMER -> state.consumer();
            case PROMO -> state.promo();
            case HOST -> state.host();
            case CREATOR -> state.creator();
            case NETWORK -> state.network();
            case PAYOUT -> state.payout();
            case MINT -> state.mint();
        };
        return amount.nanoDollars();
    }

    /** Moves an amount that is not negative. */
    void move(AccountId debit, AccountId credit, long amount) throws WrongLeaf {
        take(debit, amount);
        give(credit, amount);
    }

    /** From people, who are known by their kind only. */
    void take(AccountId account, long amount) throws WrongLeaf {
        change(account, -amount);
    }

    void give(AccountId account, long amount) throws WrongLeaf {
        change(account, amount);
    }

    private void change(AccountId account, long amount) throws WrongLeaf {
        if (amount == 0) return;
        Kind kind = Kind.of(account);
        try {
            if (kind.named) changeNamed(kind, account, amount);
            long total = Math.addExact(totals[kind.ordinal()], amount);
            if (kind != Kind.MINT && total < 0) {
                throw new WrongLeaf(
                        "The accounts of kind " + kind.word() + " pay more than they have together.",
                        "at most " + totals[kind.ordinal()] + " nano-dollars",
                        -amount + " nano-dollars");
            }
            if (kind == Kind.MINT && total > 0) {
                throw new WrongLeaf(
                        "More comes back to the mint than was minted.",
                        "at most 0 nano-dollars",
                        total + " nano-dollars");
            }
            totals[kind.ordinal()] = total;
        } catch (ArithmeticException e) {
            throw new WrongLeaf("The balances of kind " + kind.word() + " do not fit in 64 bits.");
        }
    }

    private void changeNamed(Kind kind, AccountId account, long amount) throws WrongLeaf {
        ByteBuffer key = ByteBuffer.wrap(Sha256.of(account.value().getBytes(StandardCharsets.UTF_8)));
        long high = key.getLong();
        long low = key.getLong();
        long old = named.get(high, low, 0);
        long balance = Math.addExact(old, amount);
        long debt = Math.addExact(overdrawn[kind.ordinal()] - debt(old), debt(balance));
        if (debt > before[kind.ordinal()]) {
            throw new WrongLeaf(
                    "The account " + account + " pays more than it has.",
                    "at most " + (old + before[kind.ordinal()] - overdrawn[kind.ordinal()]) + " nano-dollars",
                    -amount + " nano-dollars");
        }
        overdrawn[kind.ordinal()] = debt;
        withBalance += (balance == 0 ? 0 : 1) - (old == 0 ? 0 : 1);
        named.put(high, low, balance);
    }

    private static long debt(long balance) {
        return balance < 0 ? Math.negateExact(balance) : 0;
    }

    /** Whether a later state leaf says what the leaves say. */
    void compare(LogLeaf.State state) throws WrongLeaf {
        for (Kind kind : Kind.values()) {
            long expected = totals[kind.ordinal()];
            long found = said(state, kind);
            if (expected != found) {
                throw new WrongLeaf(
                        "The balances of kind " + kind.word() + " are not what the leaves before it add up to.",
                        expected + " nano-dollars",
                        found + " nano-dollars");
            }
        }
        // Those whose money is of before the log are not known by name, so this is the least.
        if (state.accounts() < withBalance) {
            throw new WrongLeaf(
                    "The tree of balances leaves out accounts that have money.",
                    "at least " + withBalance + " accounts",
                    state.accounts() + " accounts");
        }
    }

    Map<String, Long> totals() {
        Map<String, Long> all = new LinkedHashMap<>();
        for (Kind kind : Kind.values()) all.put(kind.word(), totals[kind.ordinal()]);
        return all;
    }

    int namedAccounts() {
        return named.size();
    }

    void write(DataOutputStream out) throws IOException {
        for (int i = 0; i < totals.length; i++) {
            out.writeLong(totals[i]);
            out.writeLong(before[i]);
            out.writeLong(overdrawn[i]);
        }
        out.writeLong(withBalance);
        named.write(out);
    }

    static Balances read(DataInputStream in, RandomGenerator random) throws IOException {
        long[][] numbers = new long[Kind.values().length][3];
        for (long[] row : numbers) for (int i = 0; i < row.length; i++) row[i] = in.readLong();
        long withBalance = in.readLong();
        Balances balances = new Balances(CompactTable.read(in, random));
        for (int i = 0; i < numbers.length; i++) {
            balances.totals[i] = numbers[i][0];
            balances.before[i] = numbers[i][1];
            balances.overdrawn[i] = numbers[i][2];
        }
        balances.withBalance = withBalance;
        return balances;
    }
}
