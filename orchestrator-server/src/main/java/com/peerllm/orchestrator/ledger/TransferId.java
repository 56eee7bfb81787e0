package com.peerllm.orchestrator.ledger;

import com.peerllm.shared.identity.JobId;
import java.util.regex.Pattern;

/** A transfer's name, made by who asks for it and unique for all time: the same name again is the same transfer. */
public record TransferId(String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:\\-/]{0,95}");
    private static final String END = "/end";

    public TransferId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "A transfer id has 1 to 96 letters, digits or . _ : - / and starts with a letter or digit");
        }
    }

    /** What is set aside when a job is admitted. */
    static TransferId holdOf(JobId job) {
        return new TransferId(job.value() + "/hold");
    }

    /** One payment for one segment of a job. */
    static TransferId shareOf(JobId job, int segment, AccountKind receiver) {
        return new TransferId(job.value() + "/" + segment + "/" + receiver.word());
    }

    /** The transfer that ends this hold; there can be only one, because its name follows from the hold's. */
    TransferId end() {
        return new TransferId(value + END);
    }

    /** The hold that a transfer of this name ends. */
    TransferId ended() {
        if (!value.endsWith(END)) throw new IllegalArgumentException(value + " ends no hold");
        return new TransferId(value.substring(0, value.length() - END.length()));
    }

    @Override
    public String toString() {
        return value;
    }
}
