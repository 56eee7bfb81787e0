package com.peerllm.desktop.onboarding;

import com.peerllm.host.settings.SharingRules;
import com.peerllm.host.settings.SharingRules.Profile;
import java.util.Optional;
import java.util.OptionalInt;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;

/** How much of the computer, and when: the few rules that most people want; the others are under Rules. */
public final class WhenStep {
    /** Long enough to read a page without touching anything. */
    private static final int IDLE_MINUTES = 5;

    private final OnboardingSource source;
    private final ObjectProperty<Profile> profile = new SimpleObjectProperty<>(Profile.BALANCED);
    private final BooleanProperty notOnBattery = new SimpleBooleanProperty(true);
    private final BooleanProperty pauseWhileUsed = new SimpleBooleanProperty(true);
    private final BooleanProperty startAtLogin = new SimpleBooleanProperty(false);

    WhenStep(OnboardingSource source) {
        this.source = source;
        if (!source.firstTime()) read();
    }

    /** Shows the rules as they are now. */
    void read() {
        SharingRules rules = source.settings().get().rules();
        profile.set(rules.profile());
        notOnBattery.set(!rules.onBattery());
        pauseWhileUsed.set(rules.idleMinutes().isPresent());
    }

    /** Takes over what the profile says of battery and use; both can be changed after it. */
    public void choose(Profile chosen) {
        profile.set(chosen);
        notOnBattery.set(!chosen.onBattery());
        pauseWhileUsed.set(chosen.idleMinutes().isPresent());
    }

    public ObjectProperty<Profile> profileProperty() {
        return profile;
    }

    public BooleanProperty notOnBatteryProperty() {
        return notOnBattery;
    }

    public BooleanProperty pauseWhileUsedProperty() {
        return pauseWhileUsed;
    }

    public BooleanProperty startAtLoginProperty() {
        return startAtLogin;
    }

    /** Why the program cannot start at login here. */
    public Optional<String> whyNoLogin() {
        return source.choices().loginImpossible();
    }

    /** What is to be done, in the background, when the step is left. */
    Runnable keep() {
        SharingRules now = source.settings().get().rules();
        OptionalInt idle = idle();
        SharingRules wished = now.as(profile.get())
                .edit()
                .idleMinutes(idle)
                .onBattery(!notOnBattery.get())
                .done();
        boolean login = startAtLogin.get();
        return () -> {
            source.choices().rules(wished);
            if (login) source.choices().startAtLogin(true);
        };
    }

    private OptionalInt idle() {
        if (!pauseWhileUsed.get()) return OptionalInt.empty();
        OptionalInt usual = profile.get().idleMinutes();
        return usual.isPresent() ? usual : OptionalInt.of(IDLE_MINUTES);
    }
}
