package com.peerllm.shared.ledger;

import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.identity.PeerKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Checks a receipt without asking anybody: both signatures, that the host's id follows from its key, that the price is
 * right to the nano-dollar and that the shares add up.
 */
public final class ReceiptVerifier {
    private ReceiptVerifier() {}

    /**
     * @param trustedOrchestrator the key the receipt must be signed by; empty accepts the key that it names
     */
    public static Verdict verify(Receipt receipt, Optional<PeerKey> trustedOrchestrator) {
        List<String> faults = new ArrayList<>();
        if (trustedOrchestrator.isPresent() && !trustedOrchestrator.get().equals(receipt.orchestratorKey())) {
            faults.add("It is signed by another orchestrator than the one expected");
        }
        if (!signed(receipt.orchestratorKey(), receipt.message(), receipt.orchestratorSignature())) {
            faults.add("The orchestrator's signature does not fit the content");
        }
        if (!HostId.of(receipt.hostKey()).equals(receipt.host())) {
            faults.add("The host's id does not follow from its key");
        }
        receipt.hostSignature().ifPresent(signature -> {
            if (!signed(receipt.hostKey(), receipt.deliveryStatement().message(), signature)) {
                faults.add("The host's signature does not fit the delivered tokens");
            }
        });
        if (receipt.creator().isPresent() && receipt.consumer().isEmpty()) {
            faults.add("It names a creator in a form that does not sign one");
        }
        checkAmounts(receipt, faults);
        return new Verdict(List.copyOf(faults), receipt.hostSignature().isPresent());
    }

    private static void checkAmounts(Receipt receipt, List<String> faults) {
        boolean negative = receipt.hostShare().isNegative()
                || receipt.networkShare().isNegative()
                || receipt.creatorShare().isNegative();
        if (negative) faults.add("A share is negative");
        try {
            if (!receipt.price()
                    .cost(receipt.promptTokens(), receipt.completionTokens())
                    .equals(receipt.charged())) {
                faults.add("The amount charged is not the price of these tokens");
            }
            if (!receipt.hostShare()
                    .plus(receipt.networkShare())
                    .plus(receipt.creatorShare())
                    .equals(receipt.charged())) {
                faults.add("The shares do not add up to the amount charged");
            }
        } catch (ArithmeticException | IllegalArgumentException e) {
            faults.add("The amounts are out of range");
        }
    }

    private static boolean signed(PeerKey key, byte[] message, String signature) {
        try {
            return key.verifies(message, Base64.getUrlDecoder().decode(signature));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * @param faults one sentence each; empty when the receipt holds
     * @param hostSigned whether the host itself confirmed the delivery
     */
    public record Verdict(List<String> faults, boolean hostSigned) {
        public boolean holds() {
            return faults.isEmpty();
        }
    }
}
