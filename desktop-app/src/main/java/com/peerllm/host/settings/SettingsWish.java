package com.peerllm.host.settings;

import java.util.Optional;

/** What another program wants to be so in the settings of a running host; what is absent stays as it is. */
public record SettingsWish(Optional<SharingRules> rules, Optional<LocalApiSettings> localApi) {
    public SettingsWish {
        rules = rules == null ? Optional.empty() : rules;
        localApi = localApi == null ? Optional.empty() : localApi;
    }

    public static SettingsWish of(SharingRules rules) {
        return new SettingsWish(Optional.of(rules), Optional.empty());
    }

    public static SettingsWish of(LocalApiSettings localApi) {
        return new SettingsWish(Optional.empty(), Optional.of(localApi));
    }

    /** The settings as they are when it is fulfilled. */
    public HostSettings on(HostSettings before) {
        return before.edit()
                .rules(rules.orElse(before.rules()))
                .localApi(localApi.orElse(before.localApi()))
                .done();
    }
}
