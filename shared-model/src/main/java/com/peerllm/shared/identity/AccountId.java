package com.peerllm.shared.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * The name of an account: {@code kind:name}, such as {@code consumer:alice}, {@code host:host_4f…} or
 * {@code network:fees}.
 */
public record AccountId(@JsonValue String value) implements Comparable<AccountId> {
    private static final Pattern FORM = Pattern.compile("[a-z]{2,16}:[A-Za-z0-9_.\\-]{1,64}");

    @JsonCreator
    public AccountId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "Not an account: kind:name, the name of 1 to 64 letters, digits, '.', '_' or '-'");
        }
    }

    public static AccountId of(String kind, String name) {
        return new AccountId(kind + ":" + name);
    }

    public static AccountId ofHost(HostId host) {
        return of("host", host.value());
    }

    /** The part before the colon. */
    public String kind() {
        return value.substring(0, value.indexOf(':'));
    }

    /** The part after the colon. */
    public String name() {
        return value.substring(value.indexOf(':') + 1);
    }

    @Override
    public int compareTo(AccountId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
