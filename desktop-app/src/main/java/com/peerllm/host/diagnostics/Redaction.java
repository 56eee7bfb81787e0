package com.peerllm.host.diagnostics;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes out of a text what could name a person or open something: the home folder, the user's name, the computer's name, mail
 * addresses, and every run of 40 letters and digits or more, which keys, signatures and tokens are.
 */
public final class Redaction {
    private static final Pattern MAIL = Pattern.compile("[\\w.+-]+@[\\w-]+\\.[\\w.-]+");
    private static final Pattern LONG = Pattern.compile("[A-Za-z0-9_\\-+/=]*[A-Za-z0-9_\\-+=]{40,}[A-Za-z0-9_\\-+/=]*");
    private static final int SHORTEST_NAME = 3;

    private final List<Rule> rules = new ArrayList<>();

    private record Rule(Pattern what, String instead) {}

    /** @param dataFolder named as such wherever it is */
    public Redaction(Properties properties, Map<String, String> environment, Path dataFolder) {
        path(dataFolder.toString(), "<data>");
        Optional.ofNullable(properties.getProperty("user.home")).ifPresent(home -> path(home, "~"));
        rules.add(new Rule(MAIL, "<mail>"));
        // The longer ones first: one name may be a part of another.
        names(properties, environment)
                .filter(name -> name.length() >= SHORTEST_NAME)
                .distinct()
                .sorted(Comparator.comparing(String::length).reversed())
                .forEach(this::name);
        rules.add(new Rule(LONG, "<secret>"));
    }

    private static Stream<String> names(Properties properties, Map<String, String> environment) {
        Stream<String> user = Stream.of(
                properties.getProperty("user.name", ""), environment.getOrDefault("USER", ""),
                environment.getOrDefault("USERNAME", ""), environment.getOrDefault("LOGNAME", ""));
        Stream<String> computer =
                Stream.of(environment.getOrDefault("HOSTNAME", ""), environment.getOrDefault("COMPUTERNAME", ""));
        String home = properties.getProperty("user.home", "");
        Stream<String> folder = home.isBlank()
                ? Stream.empty()
                : Stream.ofNullable(Path.of(home).getFileName()).map(Path::toString);
        return Stream.of(user, computer, folder).flatMap(names -> names);
    }

    /** Also as it stands in JSON, where a backslash is doubled. */
    private void path(String path, String instead) {
        if (path.length() <= 1) return;
        for (String form : List.of(path.replace("\\", "\\\\"), path, path.replace('\\', '/')))
            rules.add(new Rule(Pattern.compile(Pattern.quote(form)), instead));
    }

    private void name(String name) {
        rules.add(new Rule(
                Pattern.compile(
                        "(?<![\\p{L}\\p{N}])" + Pattern.quote(name) + "(?![\\p{L}\\p{N}])", Pattern.CASE_INSENSITIVE),
                "<name>"));
    }

    public String of(String text) {
        String clean = text;
        for (Rule rule : rules) clean = rule.what().matcher(clean).replaceAll(Matcher.quoteReplacement(rule.instead()));
        return clean;
    }
}
