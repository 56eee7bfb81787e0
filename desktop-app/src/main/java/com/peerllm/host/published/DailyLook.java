package com.peerllm.host.published;

import com.peerllm.host.kernel.Alarms;
import com.peerllm.host.kernel.Lifecycle;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Looks for something published once a day, however often the program is started, and again within the hour while nobody
 * answers. The moments are spread by chance, so that not every host asks at the same time.
 */
public final class DailyLook implements Lifecycle {
    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration FIRST_SPREAD = Duration.ofMinutes(4);
    private static final Duration AGAIN = Duration.ofHours(1);
    private static final Duration AGAIN_SPREAD = Duration.ofMinutes(30);

    private final LastLook last;
    private final Alarms alarms;
    private final RandomGenerator random;
    private final Runnable look;
    private Alarms.Alarm next = () -> {};
    private boolean stopped;

    /** @param look begins a look, which tells {@code last} when it went well; must not block */
    public DailyLook(LastLook last, Alarms alarms, RandomGenerator random, Runnable look) {
        this.last = last;
        this.alarms = alarms;
        this.random = random;
        this.look = look;
    }

    @Override
    public void start() {
        wait(FIRST, FIRST_SPREAD);
    }

    @Override
    public synchronized void stop() {
        stopped = true;
        next.cancel();
    }

    private synchronized void wait(Duration least, Duration spread) {
        if (stopped) return;
        next = alarms.after(least.plusMillis(random.nextLong(spread.toMillis())), this::tick);
    }

    private void tick() {
        if (last.isDue()) look.run();
        wait(AGAIN, AGAIN_SPREAD);
    }
}
