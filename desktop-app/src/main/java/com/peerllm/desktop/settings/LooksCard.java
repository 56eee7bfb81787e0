package com.peerllm.desktop.settings;

import com.peerllm.desktop.toolkit.ChoiceBar;
import com.peerllm.desktop.toolkit.ChoiceBar.Choice;
import com.peerllm.desktop.toolkit.FormRow;
import com.peerllm.desktop.toolkit.LanguageChoice;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.SwitchRow;
import com.peerllm.desktop.toolkit.ThemeChoice;
import java.util.List;

/** Light or dark, the language, and which notices the tray shows. */
final class LooksCard extends SettingsCard {

    LooksCard(SettingsSource.Looks looks, Messages messages) {
        super(messages.text("settings.looks"));
        add(theme(looks, messages), language(looks, messages));
        if (looks.hasTray()) {
            add(
                    new SwitchRow(
                            messages.text("settings.notice.needsYou"),
                            "",
                            looks.noticeNeedsYou(),
                            wish -> looks.notices(wish, looks.noticeDownloads().getValue())),
                    new SwitchRow(
                            messages.text("settings.notice.downloads"),
                            "",
                            looks.noticeDownloads(),
                            wish -> looks.notices(looks.noticeNeedsYou().getValue(), wish)));
        }
    }

    private static FormRow theme(SettingsSource.Looks looks, Messages messages) {
        List<Choice<ThemeChoice>> choices = List.of(
                new Choice<>(ThemeChoice.SYSTEM, messages.text("settings.theme.system")),
                new Choice<>(ThemeChoice.LIGHT, messages.text("settings.theme.light")),
                new Choice<>(ThemeChoice.DARK, messages.text("settings.theme.dark")));
        String name = messages.text("settings.theme");
        return new FormRow(name, "", new ChoiceBar<>(name, choices, looks.theme(), looks::theme));
    }

    private static FormRow language(SettingsSource.Looks looks, Messages messages) {
        List<Choice<LanguageChoice>> choices = List.of(
                new Choice<>(LanguageChoice.SYSTEM, messages.text("settings.language.system")),
                new Choice<>(LanguageChoice.ENGLISH, messages.text("settings.language.english")),
                new Choice<>(LanguageChoice.GERMAN, messages.text("settings.language.german")));
        String name = messages.text("settings.language");
        return new FormRow(
                name,
                messages.text("settings.language.about"),
                new ChoiceBar<>(name, choices, looks.language(), looks::language));
    }
}
