package com.peerllm.shared.grammar;

import java.util.ArrayList;
import java.util.List;

/** The decimal digits of the whole numbers from one to another, both not negative, as alternatives of a grammar. */
final class DigitRange {
    private DigitRange() {}

    static List<String> between(long low, long high) {
        List<String> alternatives = new ArrayList<>();
        for (long from = low; from <= high; ) {
            long lastOfLength = from == 0
                    ? 9
                    : Long.parseLong("9".repeat(Long.toString(from).length()));
            long to = Math.min(high, lastOfLength);
            alternatives.add(sameLength(Long.toString(from), Long.toString(to)));
            from = to + 1;
        }
        return alternatives;
    }

    private static String sameLength(String low, String high) {
        if (low.isEmpty()) return "";
        if (low.equals(high)) return Gbnf.literal(low);
        if (isAll(low, '0') && isAll(high, '9')) return low.length() == 1 ? "[0-9]" : "[0-9]{" + low.length() + "}";
        char first = low.charAt(0);
        char last = high.charAt(0);
        String lowRest = low.substring(1);
        String highRest = high.substring(1);
        if (first == last) return Gbnf.literal("" + first) + " " + sameLength(lowRest, highRest);
        List<String> alternatives = new ArrayList<>();
        if (!isAll(lowRest, '0'))
            alternatives.add(digits(first, first) + " " + sameLength(lowRest, "9".repeat(lowRest.length())));
        char wholeFrom = isAll(lowRest, '0') ? first : (char) (first + 1);
        char wholeTo = isAll(highRest, '9') ? last : (char) (last - 1);
        if (wholeFrom <= wholeTo)
            alternatives.add((digits(wholeFrom, wholeTo) + " "
                            + sameLength("0".repeat(lowRest.length()), "9".repeat(lowRest.length())))
                    .strip());
        if (!isAll(highRest, '9'))
            alternatives.add(digits(last, last) + " " + sameLength("0".repeat(highRest.length()), highRest));
        return alternatives.size() == 1 ? alternatives.getFirst() : "( " + String.join(" | ", alternatives) + " )";
    }

    private static String digits(char from, char to) {
        return "[" + Gbnf.range(from, to) + "]";
    }

    private static boolean isAll(String digits, char digit) {
        return digits.chars().allMatch(c -> c == digit);
    }
}
