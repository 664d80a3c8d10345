package io.patchbay.sandbox;

import io.patchbay.sandbox.BeelineStories.ClickOutcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A simulated Beeline Cloud PBX that keeps to contracts/pbx/beeline.md: its REST interface, its subscriptions, and its pushes over
 * real HTTP. Strict: what the contract does not know is refused.
 *
 * <p>A {@link BeelineStory} is either played (all its events at once, in order, however long it lasts by its own times) or performed (each
 * event in its time). Time comes from the clock, ids from the seed.
 */
public final class BeelinePbx extends SimulatedServer {

    private static final String BASE = "/apis/portal/";
    private static final String TOKEN_HEADER = "X-MPBX-API-AUTH-TOKEN";

    private final BeelineCompany company;
    private final String token;
    private final Clock clock;
    private final BeelineIds ids;
    private final BeelineSubscriptions subscriptions;
    private final BeelineHistory history;
    private final BeelinePeople people;
    private final BeelineArchive archive;
    private final BeelineDelivery delivery = new BeelineDelivery();
    private final ScheduledExecutorService stage = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("beeline-stage").factory());
    private ClickOutcome clicks = ClickOutcome.ANSWERED;
    private Duration clicksTalk = Duration.ofMinutes(1);
    private boolean clicksTakeTime;
    private boolean clicksGoUntold;
    private final List<Click> clicked = new CopyOnWriteArrayList<>();

    public BeelinePbx(BeelineCompany company, String token, Clock clock, long seed) {
        this(company, token, clock, seed, 0);
    }

    /** @param port 0 for any free one */
    public BeelinePbx(BeelineCompany company, String token, Clock clock, long seed, int port) {
        super(port);
        this.company = company;
        this.token = token;
        this.clock = clock;
        this.ids = new BeelineIds(seed);
        this.subscriptions = new BeelineSubscriptions(company, ids, clock);
        this.history = new BeelineHistory(clock, ids);
        this.people = new BeelinePeople(company, this::order);
        this.archive = new BeelineArchive(history);
    }

    /**
     * One push.
     *
     * @param status of the callback's answer, 0 when there was none
     */
    public record Delivered(String subscription, String target, String kind, String xml, int status) {}

    /** A call that was ordered through the API, under the ids that its events will show. */
    public record Click(BeelineEmployee employee, String number, String callId, String tracking) {}

    /** What a connection takes for its base address. */
    public String baseUrl() {
        return address() + BASE.substring(0, BASE.length() - 1);
    }

    public BeelineCompany company() {
        return company;
    }

    /** Stories that begin now. */
    public BeelineStories stories() {
        return stories(clock.instant());
    }

    public BeelineStories stories(Instant start) {
        return new BeelineStories(ids, start);
    }

    /** Pushes the whole story in order and writes it into the history; returns when every callback has answered. */
    public void play(BeelineStory story) {
        story.moments().forEach(moment -> await(tell(story, moment)));
        remember(story);
    }

    /** Plays all these stories at once, each in its own order. */
    public void playTogether(List<BeelineStory> stories) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var story : stories) {
                threads.submit(() -> story.moments().forEach(moment -> tellAlone(story, moment)));
            }
        }
        stories.forEach(this::remember);
    }

    /** Pushes each event of the story in its time by the clock; done when the last was answered. */
    public Future<?> perform(BeelineStory story) {
        var done = new CompletableFuture<Void>();
        for (var moment : story.moments()) {
            var wait = Duration.between(clock.instant(), moment.at());
            stage.schedule(() -> tell(story, moment), Math.max(0, wait.toMillis()), TimeUnit.MILLISECONDS);
        }
        var rest = Duration.between(clock.instant(), story.endsAt());
        stage.schedule(
                () -> {
                    remember(story);
                    delivery.afterwards(() -> done.complete(null));
                },
                Math.max(0, rest.toMillis()),
                TimeUnit.MILLISECONDS);
        return done;
    }

    /** The story happens, but nobody is told: the history alone knows of it. */
    public synchronized void remember(BeelineStory story) {
        story.rows().forEach(history::add);
    }

    /** One event of a story alone, for lost, late or doubled ones. */
    public void push(BeelineStory story, BeelineStory.Moment moment) {
        await(tell(story, moment));
    }

    /** How calls that are ordered through the API go from now on. */
    public synchronized void clicksEnd(ClickOutcome outcome) {
        clicks = outcome;
    }

    /** How long a talk that was ordered through the API takes from now on; a minute without this. */
    public synchronized void clicksTalk(Duration length) {
        clicksTalk = length;
    }

    /** A click-to-call is performed and not played. */
    public synchronized void clicksTakeTime() {
        clicksTakeTime = true;
    }

    /** A click-to-call is only taken down: somebody else tells how it went on. */
    public synchronized void clicksGoUntold() {
        clicksGoUntold = true;
    }

    /** All calls that were ordered through the API. */
    public List<Click> clicks() {
        return List.copyOf(clicked);
    }

    public synchronized void recordingsAppearAfter(Duration delay) {
        history.recordingsAppearAfter(delay);
    }

    /** However much is asked for. */
    public synchronized void grantAtMost(Duration life) {
        subscriptions.grantAtMost(life);
    }

    /** Ids of the subscriptions that deliver now. */
    public List<String> liveSubscriptions() {
        expire();
        synchronized (this) {
            return subscriptions.live().stream().map(BeelineSubscription::id).toList();
        }
    }

    /** The PBX ends a subscription before its time. */
    public void terminate(String subscription) {
        List<BeelineSubscription> dropped;
        synchronized (this) {
            dropped = subscriptions.drop(subscription);
        }
        dropped.forEach(one -> await(tellEnd(one)));
    }

    /** The PBX loses all its subscriptions and tells nobody. */
    public synchronized void forgetSubscriptions() {
        subscriptions.forget();
    }

    /** Ends what is over by the clock; done by every request too. */
    public void expire() {
        expired().forEach(one -> await(tellEnd(one)));
    }

    /** Waits until all that was to be pushed so far has been. */
    public void awaitDeliveries() {
        await(stage.submit(() -> {}));
        await(delivery.afterwards(() -> {}));
    }

    public List<Delivered> delivered() {
        return delivery.all();
    }

    @Override
    protected Reply answer(Request request) {
        try {
            return answered(request);
        } catch (BeelineRefusal refusal) {
            return refusal.reply();
        }
    }

    private Reply answered(Request request) {
        expired().forEach(this::tellEnd);
        var given = request.header(TOKEN_HEADER)
                .orElseThrow(() -> new BeelineRefusal(403, "AuthTokenNotFoundInRequest", ""));
        if (!given.equals(token)) {
            // the vendor's code for a wrong token is not known [inferred]
            throw new BeelineRefusal(401, "AuthTokenInvalid", "");
        }
        if (!request.path().startsWith(BASE)) {
            throw BeelineRefusal.notFound("Нет такого ресурса");
        }
        var segments = List.of(request.path().substring(BASE.length()).split("/"));
        var second = segments.getFirst().equals("v2") && segments.size() > 1;
        var path = second ? segments.subList(1, segments.size()) : segments;
        return switch ((second ? "v2/" : "") + path.getFirst()) {
            case "subscription" -> subscriptions.answer(request, path);
            case "numbers" -> people.numbers(request, path);
            case "abonents", "v2/abonents" -> people.answer(request, path, second);
            case "statistics", "v2/statistics" -> archive.statistics(request, path, second);
            case "records", "v2/records" -> archive.records(request, path, second);
            default -> throw BeelineRefusal.notFound("Нет такого ресурса");
        };
    }

    private BeelinePeople.Ordered order(BeelineEmployee employee, String number) {
        var client = company.employee(number)
                .map(BeelineParty::colleague)
                .orElseGet(() -> BeelineParty.outside("+7" + number));
        var ordered = new BeelinePeople.Ordered(ids.callHalf(), ids.uuid());
        clicked.add(new Click(employee, number, ordered.callId(), ordered.tracking()));
        if (clicksGoUntold) {
            return ordered;
        }
        var story = stories()
                .talking(clicksTalk)
                .clickToCall(employee, client, clicks, ordered.tracking(), ordered.callId());
        if (clicksTakeTime) {
            perform(story);
        } else {
            // after the answer: its sender holds the lock that telling needs
            stage.execute(() -> play(story));
        }
        return ordered;
    }

    private Future<?> tell(BeelineStory story, BeelineStory.Moment moment) {
        expired().forEach(this::tellEnd);
        Future<?> last = CompletableFuture.completedFuture(null);
        synchronized (this) {
            for (var one : subscriptions.live()) {
                if (one.wants(story, moment)) {
                    last = push(one, moment.target(), moment.kind(), moment.data());
                }
            }
        }
        return last;
    }

    private void tellAlone(BeelineStory story, BeelineStory.Moment moment) {
        List<Runnable> pushes;
        synchronized (this) {
            pushes = subscriptions.live().stream()
                    .filter(one -> one.wants(story, moment))
                    .map(one -> pushAlone(one, moment))
                    .toList();
        }
        pushes.forEach(Runnable::run);
    }

    private Runnable pushAlone(BeelineSubscription one, BeelineStory.Moment moment) {
        var xml = xml(one, moment.target(), moment.kind(), moment.data());
        return () -> delivery.pushAlone(one.callback(), one.id(), moment.target(), moment.kind(), xml);
    }

    private Future<?> tellEnd(BeelineSubscription one) {
        return push(one, one.targetId(), "SubscriptionTerminatedEvent", "");
    }

    private Future<?> push(BeelineSubscription one, String target, String kind, String data) {
        return delivery.push(one.callback(), one.id(), target, kind, xml(one, target, kind, data));
    }

    private String xml(BeelineSubscription one, String target, String kind, String data) {
        return BeelineXml.event(
                ids.uuid(), one.nextSequence(), one.id(), one.callback().toString(), target, kind, data);
    }

    private synchronized List<BeelineSubscription> expired() {
        return subscriptions.expire();
    }

    private static void await(Future<?> pushed) {
        try {
            pushed.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The simulated PBX could not push.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stage.shutdownNow();
        delivery.close();
        super.close();
    }
}
