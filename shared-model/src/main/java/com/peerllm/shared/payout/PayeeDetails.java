package com.peerllm.shared.payout;

import java.util.regex.Pattern;

/**
 * How somebody is paid. Personal data: it is in no log and no message of an error.
 *
 * @param method one word, such as {@code iban} or {@code paypal}
 * @param details 1 to 200 characters that begin with a letter or a digit, such as an account number with its holder's name
 */
public record PayeeDetails(String method, String details) {
    public static final int MOST_CHARACTERS = 200;
    private static final Pattern METHOD = Pattern.compile("[a-z][a-z0-9_\\-]{1,23}");

    public PayeeDetails {
        if (method == null || !METHOD.matcher(method).matches()) {
            throw new IllegalArgumentException(
                    "A method is a word of 2 to 24 small letters, digits, '_' or '-', such as iban");
        }
        if (details == null) throw new IllegalArgumentException("There are no details");
        details = details.strip();
        if (details.isEmpty() || details.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException("Details have 1 to " + MOST_CHARACTERS + " characters");
        }
        if (!Character.isLetterOrDigit(details.codePointAt(0))) {
            throw new IllegalArgumentException("Details begin with a letter or a digit");
        }
        if (!details.codePoints().allMatch(PayeeDetails::isPlain)) {
            throw new IllegalArgumentException("Details are one line without control characters");
        }
    }

    /** What a person sees: no end of line, no character that changes how others look. */
    private static boolean isPlain(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE -> false;
            default -> true;
        };
    }

    @Override
    public String toString() {
        return "PayeeDetails[" + method + "]";
    }
}
