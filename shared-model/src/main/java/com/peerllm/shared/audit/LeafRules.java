package com.peerllm.shared.audit;

import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.identity.PeerKey;
import com.peerllm.shared.ledger.DeliveryStatement;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.RevenueSplit;
import com.peerllm.shared.transparency.LogLeaf;
import java.util.Base64;

/**
 * What must hold of a leaf by itself, whatever came before: a payment costs what its tokens cost, is divided as published, names
 * a host that its key fits and the log's own key, and is signed by the host if it says so; an entry moves money where its cause
 * may. Safe for several threads.
 *
 * @param log the key that signs the log's checkpoints
 * @param name the orchestrator's name, which the log's origin ends in
 */
record LeafRules(PeerKey log, String name, SignatureCheck signatures) {
    private static final String ORIGIN = "peerllm.log/";

    /** What the network takes of each payment (docs/ledger.md). */
    private static final RevenueSplit PUBLISHED = RevenueSplit.STANDARD;

    static LeafRules of(String origin, PeerKey log, SignatureCheck signatures) {
        return new LeafRules(log, origin.startsWith(ORIGIN) ? origin.substring(ORIGIN.length()) : origin, signatures);
    }

    /** @return whether a host's signature was checked */
    boolean check(LogLeaf leaf) throws WrongLeaf {
        return switch (leaf) {
            case LogLeaf.Payment payment -> checkPayment(payment);
            case LogLeaf.Entry entry -> checkEntry(entry);
            case LogLeaf.State state -> checkState(state);
        };
    }

    private boolean checkPayment(LogLeaf.Payment payment) throws WrongLeaf {
        same("The payment names another orchestrator than the log.", name, payment.orchestrator());
        same("The payment names another orchestrator's key than the log's.", log, payment.orchestratorKey());
        same("The host's id does not follow from its key.", HostId.of(payment.hostKey()), payment.host());
        checkAmounts(payment);
        if (payment.hostSignature().isEmpty()) return false;
        checkSignature(payment, payment.hostSignature().get());
        return signatures != SignatureCheck.NONE;
    }

    private static void checkAmounts(LogLeaf.Payment payment) throws WrongLeaf {
        try {
            Credits price = payment.price().cost(payment.promptTokens(), payment.completionTokens());
            same("The amount charged is not the price of these tokens.", nano(price), nano(payment.charged()));
            Credits sum = payment.hostShare().plus(payment.networkShare()).plus(payment.creatorShare());
            same("The shares do not add up to the amount charged.", nano(payment.charged()), nano(sum));
        } catch (ArithmeticException e) {
            throw new WrongLeaf("The amounts are out of range.");
        }
        Credits network = PUBLISHED.of(payment.charged()).network();
        same("The network's share is not what it may take.", nano(network), nano(payment.networkShare()));
        if (payment.creator().isEmpty() && !payment.creatorShare().isZero()) {
            throw new WrongLeaf(
                    "A creator's share is paid to nobody.", nano(Credits.ZERO), nano(payment.creatorShare()));
        }
        if (payment.creator().isPresent() && !payment.creator().get().kind().equals("creator")) {
            throw new WrongLeaf("A creator's share is paid to another kind of account.");
        }
    }

    private void checkSignature(LogLeaf.Payment payment, String text) throws WrongLeaf {
        byte[] message = new DeliveryStatement(
                        payment.job(), payment.modelDigest(), payment.completionTokens(), payment.delivered())
                .message();
        if (!signatures.holds(payment.hostKey(), message, decoded(text))) {
            throw new WrongLeaf("The host's signature does not fit the delivered tokens.");
        }
    }

    private static byte[] decoded(String text) throws WrongLeaf {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new WrongLeaf("The host's signature is not base64url.");
        }
    }

    private static boolean checkEntry(LogLeaf.Entry entry) throws WrongLeaf {
        if (!KnownCauses.knows(entry.cause())) {
            throw new WrongLeaf("Money moves for a cause that this auditor does not know: " + entry.cause() + ".");
        }
        if (!KnownCauses.allows(
                entry.cause(), entry.debit().kind(), entry.credit().kind())) {
            throw new WrongLeaf("For the cause " + entry.cause() + " no money may move from "
                    + entry.debit().kind() + " to " + entry.credit().kind() + ".");
        }
        if (entry.amount().isNegative() || entry.amount().isZero()) {
            throw new WrongLeaf("An entry moves an amount above 0.", "more than 0", nano(entry.amount()));
        }
        return false;
    }

    private static boolean checkState(LogLeaf.State state) throws WrongLeaf {
        try {
            Credits sum = state.consumer()
                    .plus(state.promo())
                    .plus(state.host())
                    .plus(state.creator())
                    .plus(state.network())
                    .plus(state.payout());
            same(
                    "The balances do not add up to the sum of their tree.",
                    nano(sum),
                    nano(state.tree().sum()));
            same(
                    "The balances and what was minted do not add up to 0.",
                    nano(Credits.ZERO),
                    nano(sum.plus(state.mint())));
        } catch (ArithmeticException e) {
            throw new WrongLeaf("The balances are out of range.");
        }
        return false;
    }

    private static void same(String otherwise, Object expected, Object found) throws WrongLeaf {
        if (!expected.equals(found)) throw new WrongLeaf(otherwise, expected, found);
    }

    static String nano(Credits amount) {
        return amount.nanoDollars() + " nano-dollars";
    }
}
