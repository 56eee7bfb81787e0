package com.peerllm.host.cli;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.settings.WeekHours;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The hours of a week as a person types them: {@code always}, {@code nights}, {@code never}, or {@code mon-fri=18-24}. */
final class HoursText {
    private static final Pattern PART = Pattern.compile("([a-z]{3})(?:-([a-z]{3}))?=(\\d{1,2})-(\\d{1,2})");

    private HoursText() {}

    /** All parts together; hours that end before they begin go on into the next day. */
    static WeekHours parse(List<String> parts) {
        WeekHours hours = WeekHours.NEVER;
        for (String part : parts) hours = with(hours, part.strip().toLowerCase(Locale.ROOT));
        return hours;
    }

    private static WeekHours with(WeekHours hours, String part) {
        return switch (part) {
            case "always" -> WeekHours.ALWAYS;
            case "nights" -> WeekHours.NIGHTS;
            case "never" -> WeekHours.NEVER;
            default -> withRange(hours, part);
        };
    }

    private static WeekHours withRange(WeekHours hours, String part) {
        Matcher range = PART.matcher(part);
        if (!range.matches()) throw wrong(part);
        DayOfWeek first = day(range.group(1), part);
        DayOfWeek last = range.group(2) == null ? first : day(range.group(2), part);
        int from = Integer.parseInt(range.group(3));
        int to = Integer.parseInt(range.group(4));
        if (from >= WeekHours.HOURS_OF_A_DAY || to > WeekHours.HOURS_OF_A_DAY || from == to) throw wrong(part);
        int length = to > from ? to - from : to - from + WeekHours.HOURS_OF_A_DAY;
        WeekHours next = hours;
        for (DayOfWeek day = first; ; day = day.plus(1)) {
            for (int hour = from; hour < from + length; hour++) {
                next = next.with(day.plus(hour / WeekHours.HOURS_OF_A_DAY), hour % WeekHours.HOURS_OF_A_DAY, true);
            }
            if (day == last) return next;
        }
    }

    private static DayOfWeek day(String text, String part) {
        return Stream.of(DayOfWeek.values())
                .filter(day -> shortName(day).equals(text))
                .findFirst()
                .orElseThrow(() -> wrong(part));
    }

    private static String shortName(DayOfWeek day) {
        return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
    }

    private static HostException wrong(String part) {
        return new HostException(
                Problem.USAGE,
                "'" + part + "' are not hours. Write always, nights, never, or days and hours such as mon-fri=18-24 or"
                        + " sat=22-7.");
    }

    /** A line for each day. */
    static String shown(WeekHours hours) {
        if (hours.allowsAll()) return "always";
        if (hours.allowsNone()) return "never";
        return Stream.of(DayOfWeek.values())
                .map(day -> "\n  " + shortName(day) + "  " + day(hours, day))
                .collect(Collectors.joining());
    }

    private static String day(WeekHours hours, DayOfWeek day) {
        List<String> ranges = new ArrayList<>();
        for (int hour = 0; hour < WeekHours.HOURS_OF_A_DAY; hour++) {
            if (!hours.allows(day, hour)) continue;
            int from = hour;
            while (hour < WeekHours.HOURS_OF_A_DAY && hours.allows(day, hour)) hour++;
            ranges.add(from + "-" + hour);
        }
        return ranges.isEmpty() ? "-" : String.join(", ", ranges);
    }
}
