package com.peerllm.orchestrator.ledger;

import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.identity.Sha256;
import com.peerllm.shared.money.Credits;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A transfer's name, made by who asks for it and unique for all time: the same name again is the same transfer. */
public record TransferId(String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:\\-/]{0,95}");
    private static final String END = "/end";
    private static final String PROMO_PART = "-promo";
    private static final String END_OF_GIFTS = "gift-end-";
    private static final String UNTIL = "/until-";
    private static final Pattern GOOD_UNTIL = Pattern.compile(UNTIL + "(\\d{1,15})$");

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

    /** The part of a hold that the consumer's gifts cover; its end is the end of the hold. */
    TransferId promoPart() {
        return new TransferId(value + PROMO_PART);
    }

    /** What the consumer's gifts pay of a job. */
    static TransferId promoSpentOn(JobId job) {
        return new TransferId(job.value() + "/promo");
    }

    /** The end of what is left of an account's gifts, named by all that was ever taken from it: each state has one end. */
    static TransferId endOfGifts(AccountId promo, Credits debitedBefore) {
        String owner = HexFormat.of().formatHex(Sha256.of(promo.value().getBytes(StandardCharsets.UTF_8)), 0, 16);
        return new TransferId(END_OF_GIFTS + owner + "-" + debitedBefore.nanoDollars());
    }

    /** What is taken from an account that is to be erased, named likewise. */
    static TransferId forfeit(AccountId account, Credits debitedBefore) {
        String owner = HexFormat.of().formatHex(Sha256.of(account.value().getBytes(StandardCharsets.UTF_8)), 0, 16);
        return new TransferId("forfeit-" + owner + "-" + debitedBefore.nanoDollars());
    }

    /**
     * This name with the moment in it until which a gift is good. The journal keeps it so, and everybody who reads the
     * journal knows it.
     */
    public TransferId until(Instant end) {
        return new TransferId(value + UNTIL + end.toEpochMilli());
    }

    /** Until when the gift of this name is good; empty when for ever. */
    public OptionalLong untilMillis() {
        Matcher matcher = GOOD_UNTIL.matcher(value);
        return matcher.find() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }

    /** Whether the ledger alone makes such names. */
    boolean isReserved() {
        return value.startsWith("job_") || value.startsWith(END_OF_GIFTS);
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
