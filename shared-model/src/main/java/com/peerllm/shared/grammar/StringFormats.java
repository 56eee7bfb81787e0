package com.peerllm.shared.grammar;

import java.util.Optional;

/** The rules of strings in the formats of JSON Schema that can be kept; each writes what its RFC allows, or the usual part of it. */
final class StringFormats {
    private static final String DIGIT2 = "[0-9]{2}";
    private static final String LEAP = "( [02468] [48] | [13579] [26] | [2468] \"0\" )";
    private static final String LETTER_OR_DIGIT = "[a-zA-Z0-9]";

    private final GrammarBuilder grammar;

    StringFormats(GrammarBuilder grammar) {
        this.grammar = grammar;
    }

    /** The rule of the text between the quotes; none for a format that is not kept. */
    Optional<String> text(String format) {
        return switch (format) {
            case "date" -> Optional.of(date());
            case "time" -> Optional.of(time());
            case "date-time" -> Optional.of(grammar.rule("date-time", date() + " \"T\" " + time()));
            case "duration" -> Optional.of(duration());
            case "uuid" -> Optional.of(uuid());
            case "ipv4" -> Optional.of(ipv4());
            case "ipv6" -> Optional.of(grammar.rule("ipv6", "( [0-9a-fA-F]{1,4} \":\" ){7} [0-9a-fA-F]{1,4}"));
            case "hostname" -> Optional.of(hostname());
            case "email" -> Optional.of(email());
            default -> Optional.empty();
        };
    }

    /** RFC 3339, with the lengths of months and the leap years. */
    private String date() {
        String leapYear = DIGIT2 + " " + LEAP + " | ( \"00\" | " + LEAP + " ) \"00\"";
        String day31 = "( \"0\" [13578] | \"1\" [02] ) \"-\" ( \"0\" [1-9] | [12] [0-9] | \"3\" [01] )";
        String day30 = "( \"0\" [469] | \"11\" ) \"-\" ( \"0\" [1-9] | [12] [0-9] | \"30\" )";
        String february = "\"02-\" ( \"0\" [1-9] | \"1\" [0-9] | \"2\" [0-8] )";
        return grammar.rule(
                "date",
                "[0-9]{4} \"-\" ( " + day31 + " | " + day30 + " | " + february + " ) | ( " + leapYear
                        + " ) \"-02-29\"");
    }

    /** RFC 3339, without leap seconds. */
    private String time() {
        String minutes = "\":\" [0-5] [0-9]";
        String hour = "( [01] [0-9] | \"2\" [0-3] )";
        String offset = "( \"Z\" | [\\x2B\\x2D] ( \"0\" [0-9] | \"1\" [0-3] ) " + minutes + " )";
        return grammar.rule("time", hour + " " + minutes + " " + minutes + " ( \".\" [0-9]{1,6} )? " + offset);
    }

    /** RFC 3339, appendix A. */
    private String duration() {
        String number = "[0-9]{1,4}";
        String second = grammar.rule("second", number + " \"S\"");
        String minute = grammar.rule("minute", number + " \"M\" " + second + "?");
        String hour = grammar.rule("hour", number + " \"H\" " + minute + "?");
        String clock = grammar.rule("clock", "\"T\" ( " + String.join(" | ", hour, minute, second) + " )");
        String day = grammar.rule("day", number + " \"D\"");
        String month = grammar.rule("month", number + " \"M\" " + day + "?");
        String year = grammar.rule("year", number + " \"Y\" " + month + "?");
        String calendar = "( " + String.join(" | ", day, month, year) + " ) " + clock + "?";
        return grammar.rule("duration", "\"P\" ( " + calendar + " | " + clock + " | " + number + " \"W\" )");
    }

    private String uuid() {
        String hex = "[0-9a-fA-F]";
        String middle = "( \"-\" " + hex + "{4} ){3}";
        return grammar.rule("uuid", hex + "{8} " + middle + " \"-\" " + hex + "{12}");
    }

    private String ipv4() {
        String byteRule =
                grammar.rule("octet", "[0-9] | [1-9] [0-9] | \"1\" [0-9]{2} | \"2\" [0-4] [0-9] | \"25\" [0-5]");
        return grammar.rule("ipv4", byteRule + " ( \".\" " + byteRule + " ){3}");
    }

    /** RFC 1123, with short labels. */
    private String hostname() {
        String label = grammar.rule("label", LETTER_OR_DIGIT + "{1,20} ( \"-\" " + LETTER_OR_DIGIT + "{1,20} ){0,2}");
        return grammar.rule("hostname", label + " ( \".\" " + label + " ){0,3}");
    }

    /** RFC 5321, without quoted names. */
    private String email() {
        String label = grammar.rule("mail-label", LETTER_OR_DIGIT + "{1,20} ( \"-\" " + LETTER_OR_DIGIT + "{1,20} )?");
        String word = grammar.rule("mail-word", "[a-zA-Z0-9_\\x2B\\x2D]{1,20}");
        return grammar.rule(
                "email", word + " ( \".\" " + word + " ){0,2} \"@\" ( " + label + " \".\" ){1,3} [a-zA-Z]{2,10}");
    }
}
