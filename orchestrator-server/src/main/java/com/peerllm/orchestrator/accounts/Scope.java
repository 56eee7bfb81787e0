package com.peerllm.orchestrator.accounts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What an API key may be used for. */
public enum Scope {
    /** See which models there are. */
    MODELS,
    /** Ask for answers. */
    CHAT,
    /** Ask for vectors. */
    EMBEDDINGS,
    /** See the account's balance and the receipts of its answers. */
    ACCOUNT,
    /** Administer the orchestrator: accounts, money, keys, hosts, the catalogue. */
    ADMIN;

    /** What a key may do when nothing else was said: all that a consumer needs. */
    public static final Set<Scope> OF_A_CONSUMER = Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(ADMIN)));

    /** @throws IllegalArgumentException when there is no such scope */
    @JsonCreator
    public static Scope of(String word) {
        for (Scope scope : values()) if (scope.word().equals(word)) return scope;
        throw new IllegalArgumentException("The scopes of a key are models, chat, embeddings, account and admin");
    }

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
