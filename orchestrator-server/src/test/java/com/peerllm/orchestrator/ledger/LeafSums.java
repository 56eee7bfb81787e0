package com.peerllm.orchestrator.ledger;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the leaves of the transparency log add up to, read as a stranger would who has nothing but the documents: consumers and
 * their gifts by kind, everybody else by name. Shares no code with the ledger.
 */
final class LeafSums {
    private static final List<String> KINDS =
            List.of("consumer", "promo", "host", "creator", "network", "payout", "mint");

    private final TreeMap<String, Long> balances = new TreeMap<>();

    static Map<String, Long> of(List<String> leaves) {
        LeafSums sums = new LeafSums();
        leaves.forEach(sums::add);
        sums.balances.values().removeIf(balance -> balance == 0);
        return sums.balances;
    }

    private void add(String leaf) {
        String[] lines = leaf.split("\n");
        Map<String, String> fields = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            String[] words = lines[i].split(" ", 2);
            fields.put(words[0], words[1]);
        }
        switch (lines[0]) {
            case "peerllm entry v1" ->
                move(fields.get("debit"), fields.get("credit"), Long.parseLong(fields.get("amount")));
            case "peerllm receipt v2" -> pay(fields);
            case "peerllm state v1" -> requireState(fields);
            default -> throw new AssertionError("unknown leaf " + lines[0]);
        }
    }

    /** A state says what the leaves before it add up to. */
    private void requireState(Map<String, String> state) {
        for (String kind : KINDS) {
            long sum = balances.entrySet().stream()
                    .filter(balance -> balance.getKey().split(":")[0].equals(kind))
                    .mapToLong(Map.Entry::getValue)
                    .reduce(0, Math::addExact);
            if (sum != Long.parseLong(state.get(kind))) {
                throw new AssertionError(
                        kind + ": the leaves add up to " + sum + ", the state says " + state.get(kind));
            }
        }
    }

    private void pay(Map<String, String> receipt) {
        long host = Long.parseLong(receipt.get("host-share"));
        long network = Long.parseLong(receipt.get("network-share"));
        long creator = Long.parseLong(receipt.get("creator-share"));
        if (host + network + creator != Long.parseLong(receipt.get("charged"))) throw new AssertionError("shares");
        move("consumer:?", "host:" + receipt.get("host"), host);
        move("consumer:?", "network:fees", network);
        if (creator != 0) move("consumer:?", receipt.get("creator"), creator);
    }

    private void move(String debit, String credit, long amount) {
        balances.merge(shown(debit), -amount, Math::addExact);
        balances.merge(shown(credit), amount, Math::addExact);
    }

    private static String shown(String account) {
        boolean hidden = account.startsWith("consumer:") || account.startsWith("promo:");
        return hidden ? account.substring(0, account.indexOf(':')) : account;
    }

    /** The same sums of the ledger's own balances. */
    static Map<String, Long> ofBalances(List<Balance> all) {
        LeafSums sums = new LeafSums();
        for (Balance balance : all) {
            sums.balances.merge(
                    shown(balance.account().value()), balance.posted().nanoDollars(), Math::addExact);
        }
        sums.balances.values().removeIf(balance -> balance == 0);
        return sums.balances;
    }
}
