package com.peerllm.desktop.rules;

import com.peerllm.desktop.home.StagedHost;
import com.peerllm.host.availability.Availability;
import com.peerllm.host.availability.Decision;
import com.peerllm.host.availability.Readings;
import com.peerllm.host.availability.Situation;
import com.peerllm.host.availability.StagedSensors;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.platform.sensors.Sensors;
import com.peerllm.host.settings.HostSettings;
import com.peerllm.host.settings.SharingRules;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A host's rules and what they mean, as the test sets them; the meaning is the real one of {@link Situation}. */
public final class StagedRules implements RulesSource.Changes {
    private static final ZoneId ZONE = ZoneOffset.UTC;

    public final Signal<HostSettings> settings = new Signal<>(HostSettings.DEFAULTS);
    public final Signal<Availability> availability = new Signal<>(Availability.Available.BY_RULES);
    public final List<SharingRules> saved = new ArrayList<>();
    public Sensors sensors = new StagedSensors().all();
    public Optional<HostException> refusal = Optional.empty();
    private Readings readings = Readings.NONE;
    private Decision decision = new Decision.FollowRules();
    private Optional<Instant> nextChange = Optional.empty();

    public RulesSource source() {
        return new RulesSource(settings, availability, () -> nextChange, sensors, () -> ZONE, this);
    }

    @Override
    public void save(SharingRules rules) {
        if (refusal.isPresent()) throw refusal.get();
        saved.add(rules);
        have(rules);
    }

    @Override
    public void followRules() {
        decide(new Decision.FollowRules());
    }

    /** As if they came from the settings file. */
    public void have(SharingRules rules) {
        settings.set(settings.get().edit().rules(rules).done());
        look();
    }

    public void say(Readings now) {
        readings = now;
        look();
    }

    public void decide(Decision made) {
        decision = made;
        look();
    }

    private void look() {
        Situation now = new Situation(settings.get().rules(), readings, decision, false, StagedHost.NOW, ZONE);
        nextChange = now.nextChange();
        availability.set(now.availability());
    }

    public SharingRules rules() {
        return settings.get().rules();
    }
}
