"""Runs nginx with docker/nginx.conf in front of two servers that tell what reached them, and asks it as clients would.

    python3 docker/check-nginx.py NGINX FOLDER

FOLDER is empty and may be written to. Prints what is wrong, and ends with 1 if anything is.
"""
import base64
import collections
import http.client
import http.server
import json
import os
import re
import socket
import subprocess
import sys
import threading
import time

nginx, work = sys.argv[1:3]
problems = []


def check(holds, what):
    if not holds:
        problems.append(what)


class Api(http.server.BaseHTTPRequestHandler):
    """Stands for an instance of the API: answers with its name and the request as it came."""

    protocol_version = "HTTP/1.1"

    def answer(self):
        if self.server.gone:
            self.close_connection = True
            return
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if "dies" in self.path:
            # As an instance that was killed when it had claimed.
            self.server.died += 1
            self.close_connection = True
            return
        if "slow" in self.path:
            # Longer than nginx waits, and then nobody is there.
            time.sleep(3)
            self.close_connection = True
            return
        told = json.dumps({"instance": self.server.name, "path": self.path, "body": len(body),
                           "headers": {name.lower(): value for name, value in self.headers.items()}}).encode()
        self.server.seen += 1
        self.send_response(200)
        self.send_header("Content-Length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)

    do_GET = do_POST = do_DELETE = do_PATCH = answer

    def log_message(self, *args):
        pass


def start(name, port=0):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Api)
    server.name, server.seen, server.died, server.gone, server.daemon_threads = name, 0, 0, False, True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def stop(server):
    """Its connections end with it."""
    server.gone = True
    server.shutdown()
    server.server_close()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def token(user, issued):
    def part(value):
        return base64.urlsafe_b64encode(json.dumps(value, separators=(",", ":")).encode()).rstrip(b"=").decode()
    return "Bearer %s.%s.%s" % (part({"alg": "HS256"}), part({
        "sub": user, "roles": ["buyer"], "iat": issued, "exp": issued + 900, "sid": "login-%d" % issued}), "c2lnbmVk" * 5)


def ask(port, path, method="GET", headers=None, body=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request(method, path, body, headers or {})
        response = connection.getresponse()
        return response.status, response.read(), response.headers
    finally:
        connection.close()


def told(answer):
    return json.loads(answer[1])


def raw(port, request):
    """The status and the body of what cannot be asked with a client that knows HTTP."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(request)
        response = http.client.HTTPResponse(connection)
        response.begin()
        return response.status, response.read(), response.headers


def in_envelope(answer, status, ret, what):
    """As buyers are answered: {"ret", "message", "data"}."""
    got, body, headers = answer
    try:
        said = json.loads(body)
        check(got == status and said["ret"] == ret and said["message"] and said["data"] == {} and len(said) == 3
              and headers["Content-Type"] == "application/json", "%s must be %d, ret %d, but is %d: %s"
              % (what, status, ret, got, body))
    except (ValueError, KeyError, TypeError):
        problems.append("%s is no envelope: %d %s" % (what, got, body))


def as_problem(answer, status, what):
    """As operators are answered: RFC 9457."""
    got, body, headers = answer
    try:
        said = json.loads(body)
        check(got == status and said["status"] == status and said["type"] and said["title"] and said["detail"]
              and headers["Content-Type"] == "application/problem+json", "%s must be a problem of %d, but is %d: %s"
              % (what, status, got, body))
    except (ValueError, KeyError, TypeError):
        problems.append("%s is no problem: %d %s" % (what, got, body))


def configured(name, servers, replacements):
    """The file as it is, but for addresses, ports, folders, and what a check needs otherwise."""
    text = open("docker/nginx.conf").read()
    buyers, operators = free_port(), free_port()
    folder = os.path.join(work, name)
    os.makedirs(folder)
    changes = [(r"api-1:8080 resolve", "127.0.0.1:%d" % servers[0]), (r"api-2:8080 resolve", "127.0.0.1:%d" % servers[1]),
               (r"listen 8080", "listen 127.0.0.1:%d" % buyers), (r"listen 8081", "listen 127.0.0.1:%d" % operators),
               (r"/tmp/", folder + "/"), (r"worker_processes auto", "worker_processes 1")] + replacements
    for old, new in changes:
        changed = re.sub(old, new, text)
        if changed == text:
            sys.exit("docker/nginx.conf has no " + old)
        text = changed
    path = os.path.join(folder, "nginx.conf")
    open(path, "w").write(text)
    return path, buyers, operators


def with_nginx(name, servers, replacements, checks):
    path, buyers, operators = configured(name, servers, replacements)
    process = subprocess.Popen([nginx, "-c", path, "-g", "daemon off;"], stderr=subprocess.PIPE)
    try:
        deadline = time.monotonic() + 20
        while True:
            try:
                ask(buyers, "/nginx-health")
                break
            except OSError:
                if process.poll() is not None or time.monotonic() > deadline:
                    sys.exit("nginx does not start: " + process.stderr.read().decode())
                time.sleep(0.05)
        checks(buyers, operators)
    finally:
        process.terminate()
        process.communicate(timeout=20)


one, other = start("one"), start("other")
ports = [one.server_address[1], other.server_address[1]]


def only_what_is_needed(buyers, operators):
    before = one.seen + other.seen
    for path in ["/", "/admin/activities", "/admin/", "/healthz", "/readyz", "/actuator/env", "/act/list/", "/ticket/getx",
                 "/ticket/get-once", "/openapi.json", "/ticket/get/../../admin/activities", "/TICKET/GET", "/%61dmin/activities", "/nginx-refused"]:
        in_envelope(ask(buyers, path), 404, -10, path)
    for path in ["/ticket/get?actId=a", "/act/list", "/docs/../admin2", "/healthz", "/user/register", "/nginx-refused"]:
        as_problem(ask(operators, path), 404, path + " on the operators' port")
    check(one.seen + other.seen == before, "an unknown path reached an instance")
    for path in ["/act/list", "/act/detail?actId=a", "/ticket/get?actId=a", "/ticket/result?actId=a", "/ticket/list",
                 "/ticket/detail?ticketId=t"]:
        answer = ask(buyers, path)
        check(answer[0] == 200 and told(answer)["path"] == path, path + " must reach an instance as it is")
    check(ask(buyers, "/user/login", "POST", {}, "{}")[0] == 200, "/user/login must reach an instance")
    for path in ["/user/login", "/user/refresh", "/user/logout"]:
        check(ask(operators, path, "POST", {}, "{}")[0] == 200, path + " must be there for operators")
    for path in ["/admin/activities", "/openapi.json", "/docs", "/docs/swagger-ui-bundle.js"]:
        check(ask(operators, path)[0] == 200, path + " must reach an instance from the operators' port")
    check(ask(operators, "/admin/activities/a/codes", "POST", {}, b"x" * 200_000)[0] == 200, "imports may be large")


def nothing_forged(buyers, _):
    forged = {"X-Forwarded-For": "198.51.100.1", "Forwarded": "for=198.51.100.1", "X-Real-IP": "198.51.100.1",
              "True-Client-IP": "198.51.100.1", "CF-Connecting-IP": "198.51.100.1", "X-Forwarded-Host": "evil.example",
              "X-Client-IP": "198.51.100.1", "X-Original-URL": "/admin", "X-Forwarded-Prefix": "/admin",
              "X_Forwarded_For": "198.51.100.1"}
    headers = told(ask(buyers, "/ticket/get?actId=a", headers=forged))["headers"]
    check(headers.get("x-forwarded-for") == "127.0.0.1", "X-Forwarded-For is " + str(headers.get("x-forwarded-for")))
    check("198.51.100.1" not in json.dumps(headers), "a forged address got through: " + json.dumps(headers))
    check("evil" not in json.dumps(headers) and "/admin" not in json.dumps(headers), "forged: " + json.dumps(headers))
    kept = told(ask(buyers, "/ticket/get?actId=a", headers={"Authorization": token("a", 1), "Accept": "text/x"}))["headers"]
    check(kept.get("authorization") == token("a", 1) and kept.get("accept") == "text/x", "a needed header was lost")


def sticky(buyers, _):
    def instance(authorization):
        return told(ask(buyers, "/ticket/get?actId=a&requestId=r", headers={"Authorization": authorization}))["instance"]
    users = ["buyer-%d@example.org" % i for i in range(300)]
    homes = {user: instance(token(user, 1_795_176_000)) for user in users}
    check({instance(token("buyer-7@example.org", 1_795_176_000 + i)) for i in range(20)} == {homes["buyer-7@example.org"]},
          "a user's new tokens must lead to the same instance")
    moved = [user for user in users if instance(token(user, 1_795_177_777)) != homes[user]]
    check(not moved, "%d of %d users moved when their token was refreshed" % (len(moved), len(users)))
    share = collections.Counter(homes.values())
    check(min(share["one"], share["other"]) >= 75, "users are spread unevenly: " + str(share))
    foreign = ["Bearer eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJzc28iLCJpYXQiOjE3OTUxNzYwMD%02dwfQ.c2ln" % i for i in range(60)]
    homes_of_foreign = [instance(one_token) for one_token in foreign]
    check(set(homes_of_foreign) == {"one", "other"}, "other tokens must be spread, too")
    check(homes_of_foreign == [instance(one_token) for one_token in foreign], "another's token must stay where it is")
    # The other one takes over where one is gone, and gives back.
    user = next(user for user in users if homes[user] == "other")
    stop(other)
    check(instance(token(user, 1)) == "one", "the users of an instance that is gone must be served by the other")
    replacement = start("other", ports[1])
    deadline = time.monotonic() + 30
    while instance(token(user, 1)) != "other" and time.monotonic() < deadline:
        time.sleep(0.2)
    check(instance(token(user, 1)) == "other", "users must come home")
    stop(replacement)


def large_and_slow(buyers, operators):
    large = {"Content-Type": "application/json"}
    in_envelope(ask(buyers, "/ticket/get", "POST", large, b"x" * 70_000), 413, -9, "a body of 70 KB")
    in_envelope(ask(buyers, "/ticket/get?actId=" + "a" * 9_000), 414, -9, "a line of 9 KB")
    in_envelope(ask(buyers, "/act/list", headers={"X-Large": "a" * 9_000}), 431, -9, "a header of 9 KB")
    in_envelope(raw(buyers, b"this is no HTTP\r\n\r\n"), 400, -9, "what is no HTTP")
    in_envelope(raw(buyers, b"GET /act/list HTTP/1.1\r\n\r\n"), 400, -9, "a request without a host")
    in_envelope(raw(buyers, b"TRACE /act/list HTTP/1.1\r\nHost: a\r\n\r\n"), 405, -9, "TRACE")
    as_problem(ask(operators, "/user/login", "POST", large, b"x" * 70_000), 413, "a login of 70 KB")
    as_problem(ask(operators, "/admin/activities?a=" + "a" * 9_000), 414, "an operator's line of 9 KB")
    as_problem(ask(operators, "/admin/activities", headers={"X-Large": "a" * 9_000}), 431, "an operator's header of 9 KB")
    as_problem(raw(operators, b"this is no HTTP\r\n\r\n"), 400, "what is no HTTP, on the operators' port")
    # nginx has no words for these.
    for beginning in [b"GET /act/list HTTP/1.1\r\nHost: a\r\nX-Slow",
                      b"POST /user/login HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n{"]:
        with socket.create_connection(("127.0.0.1", buyers), timeout=20) as slow:
            slow.sendall(beginning)
            begin = time.monotonic()
            try:
                slow.recv(1_000)
            except ConnectionResetError:
                pass
            check(time.monotonic() - begin < 10, "who does not finish %s must be closed" % beginning)


def floods(buyers, operators):
    answers = [ask(buyers, "/act/list") for _ in range(20)]
    refused = [answer for answer in answers if answer[0] == 429]
    check(0 < len(refused) < 20, "%d of 20 calls beyond the limit were refused" % len(refused))
    in_envelope(refused[0], 429, -8, "a call beyond the limit")
    check(refused[0][2]["Retry-After"] == "1", "a refusal must have Retry-After")
    refused = [answer for answer in [ask(operators, "/user/login", "POST", {}, "{}") for _ in range(10)] if answer[0] != 200]
    as_problem(refused[0], 429, "a login beyond the limit")
    check(refused[0][2]["Retry-After"] == "1", "an operator's refusal must have Retry-After")
    held = [socket.create_connection(("127.0.0.1", buyers), timeout=20) for _ in range(4)]
    for connection in held:
        # nginx counts a connection from its first whole request on; a body that does not come keeps it open.
        connection.sendall(b"POST /user/login HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n")
    deadline = time.monotonic() + 20
    status = 0
    while status != 429 and time.monotonic() < deadline:
        status = ask(buyers, "/ticket/list")[0]
    check(status == 429, "connections beyond the limit must be refused")
    for connection in held:
        connection.close()


def no_answer(buyers, operators):
    """Where no instance is there, and where it takes too long."""
    answer = ask(buyers, "/act/list?slow=1")
    in_envelope(answer, 503, -3, "a buyer's call without an answer")
    check(answer[2]["Retry-After"] == "1", "a buyer's call without an answer must say when to try again")
    answer = ask(operators, "/admin/slow", "POST", {}, "{}")
    as_problem(answer, 503, "an operator's call without an answer")
    check(answer[2]["Retry-After"] == "2", "an operator's call without an answer must say when to try again")


def instances_reached(buyers, query):
    """How many instances get one press of the button, where each dies of it."""
    before = one.died + other.died
    in_envelope(ask(buyers, "/ticket/get?" + query), 503, -3, "a grab that no instance answers")
    return one.died + other.died - before


def one_press(buyers, _):
    for query in ["actId=dies", "actId=dies&requestId=", "actId=dies&requestid=r1", "actId=dies&xrequestId=r1"]:
        reached = instances_reached(buyers, query)
        check(reached == 1, "one press (%s) must reach one instance, and not %d" % (query, reached))


def known_press(buyers, _):
    reached = instances_reached(buyers, "actId=dies&requestId=r1")
    check(reached == 2, "a press that is known again must be brought to the other instance; %d got it" % reached)
    path = told(ask(buyers, "/ticket/get?requestId=r1&actId=a"))["path"]
    check(path == "/ticket/get?requestId=r1&actId=a", "a grab must reach an instance as it is, and not as " + path)


def one_press_without_guard(buyers, _):
    reached = instances_reached(buyers, "actId=dies")
    check(reached == 2, "without its guard one press must be seen to reach both instances; %d got it" % reached)


def without_guards(buyers, _):
    """What the checks above find where the guards are missing: that they can see it."""
    headers = told(ask(buyers, "/ticket/get?actId=a", headers={"X-Forwarded-For": "198.51.100.1"}))["headers"]
    check("198.51.100.1" in headers["x-forwarded-for"], "a header that is appended to must show what was forged")
    homes = {told(ask(buyers, "/act/list", headers={"Authorization": token("a", i)}))["instance"] for i in range(10)}
    check(homes == {"one", "other"}, "without a key a user must be seen to wander")
    status, body, _ = ask(buyers, "/ticket/get", "POST", {}, b"x" * 70_000)
    check(status == 413 and body.startswith(b"<html>"), "nginx's own words must be seen: %d %s" % (status, body))


with_nginx("needed", ports, [], only_what_is_needed)
with_nginx("forged", ports, [], nothing_forged)
with_nginx("without", ports, [(r"X-Forwarded-For \$remote_addr", "X-Forwarded-For $proxy_add_x_forwarded_for"),
                              (r"hash \$user consistent;", ""), (r"error_page [^;]*/nginx-refused;", "")], without_guards)
with_nginx("slow", ports, [(r"client_header_timeout 10s", "client_header_timeout 1s"),
                           (r"client_body_timeout 10s", "client_body_timeout 1s")], large_and_slow)
with_nginx("floods", ports, [(r"rate=2000r/s", "rate=1r/s"), (r"burst=4000 nodelay", "burst=4 nodelay"),
                             (r"rate=50r/s", "rate=1r/s"), (r"burst=20 nodelay", "burst=2 nodelay"),
                             (r"limit_conn connections 4000", "limit_conn connections 3")], floods)
with_nginx("late", ports, [(r"proxy_read_timeout \d+s", "proxy_read_timeout 1s")], no_answer)
with_nginx("once", ports, [(r"max_fails=3", "max_fails=0")], one_press)
with_nginx("known", ports, [], known_press)
with_nginx("twice", ports, [(r"rewrite \^ /ticket/get-once last;", "")], one_press_without_guard)
with_nginx("sticky", ports, [(r"fail_timeout=5s", "fail_timeout=1s")], sticky)
with_nginx("nobody", [free_port(), free_port()], [], no_answer)

for problem in problems:
    print(problem)
sys.exit(1 if problems else 0)
