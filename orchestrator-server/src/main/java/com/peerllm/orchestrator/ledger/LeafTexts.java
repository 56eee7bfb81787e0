package com.peerllm.orchestrator.ledger;

/** The leaves of the transparency log that are no receipts, as text. */
final class LeafTexts {
    private LeafTexts() {}

    /** A transfer outside of jobs. */
    static String entry(Entry entry, LedgerCause cause, long atMillis, ConsumerPseudonyms pseudonyms) {
        String context = entry.id().value();
        return String.join(
                "\n",
                "peerllm entry v1",
                "time " + atMillis,
                "cause " + cause.word(),
                "debit " + pseudonyms.publicName(entry.debit(), context),
                "credit " + pseudonyms.publicName(entry.credit(), context),
                "amount " + entry.amount().nanoDollars());
    }
}
