import groovy.xml.XmlSlurper
import java.util.regex.Pattern

// One test leaves a thread behind, and one budget is missed. All else passes, and the output is that in the README.
def fail = { String message -> throw new AssertionError(message as Object) }
def log = new File(basedir, 'build.log').text.replaceAll(/\u001B\[[;\d]*m/, '')

[gate: 'FAILURE', leaks: 'FAILURE', load: 'SUCCESS'].each { module, fate ->
  if (!(log =~ /(?m)^\[INFO\] ${module} \.+ ${fate}\b/)) {
    fail("quickstart '${module}' should end in ${fate}; see build.log")
  }
}

// The test cases of each class that ran, and what their failures have to say; empty for those that pass.
def budget = 'MISSES gc.alloc.rate.norm of CodecBenchmark.intoNewArray <= 512 B/op'
def expected = [
    'leaks/target/surefire-reports/TEST-quickstart.PoolTest.xml': [forgetsItsPool: 'LEAKED'],
    'leaks/target/surefire-reports/TEST-quickstart.ClosedPoolTest.xml': [shutsItsPoolDown: ''],
    'gate/target/failsafe-reports/TEST-quickstart.PerformanceIT.xml': ['budgets()[1]': '', 'budgets()[2]': budget],
    'load/target/surefire-reports/TEST-quickstart.LoadTest.xml': [serverAnswersAllRequests: '']]
def printed = []
expected.each { report, cases ->
  def file = new File(basedir, report)
  if (!file.exists()) {
    fail("${report} is missing: its tests did not run; see build.log")
  }
  def found = [:]
  new XmlSlurper().parse(file).testcase.each {
    def name = it.@name.text().replaceFirst(/(?<=[a-zA-Z])\(\)$/, '')
    found[name] = it.failure.text() + it.error.text()
    printed.addAll((found[name] + it.'system-out'.text()).readLines())
  }
  if (found.keySet() != cases.keySet()) {
    fail("${report}: should have ${cases.keySet()}, has ${found.keySet()}")
  }
  cases.each { name, message ->
    if (found[name].isEmpty() != message.isEmpty() || !found[name].contains(message)) {
      fail("${report}: ${name} should ${message.isEmpty() ? 'pass' : "fail and say '${message}'"}: ${found[name]}")
    }
  }
}

// What the README shows below `mvn verify` was printed; figures may differ, and '...' stands for part of a line.
def figures = { it.replaceAll(/\d+([.,]\d+)*/, '#').stripTrailing() }
def lines = printed.collect(figures)
def shown = (new File(basedir, '../../../README.md').text =~ /(?ms)^```console\n\$ mvn verify\n(.*?)^```$/)
    .collect { it[1].readLines() }
if (shown.size() != 3) {
  fail("README.md should show three runs of mvn verify, and shows ${shown.size()}")
}
shown.flatten().each { line ->
  def pattern = figures(line).split(/\.\.\./, -1).collect { Pattern.quote(it) }.join('.*')
  if (!lines.any { it.matches(pattern) }) {
    fail("README.md shows a line that mvn verify did not print: ${line}")
  }
}
return true
