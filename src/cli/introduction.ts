/** What `hindcast` alone prints: what it is for, and the first things to try. */
export function introduction(version: string): string {
  return `hindcast ${version}: find out what an autoscaler would have done, before production does.

Try these:
  hindcast run scenarios/quickstart.yaml              a day with a flash crowd; writes reports/quickstart/index.html
  hindcast init sale                                  a scenario of your own to start from
  hindcast explain quickstart --at 19:03              why it scaled when it did
  hindcast run scenarios/quickstart.yaml --set workloads.web.replicas.max=80
                                                      the same world, another choice
  hindcast compare quickstart more                    two runs, number by number
  hindcast check my-scenario.yaml --defaults          what a scenario means, with everything it leaves out
  hindcast replay quickstart                          the recorded facts through a fresh engine
  hindcast list policies                              also balancers, instances, traces, faults, ...
  hindcast trace inspect requests.csv                 what a traffic trace looks like

hindcast --help lists the commands, hindcast COMMAND --help their options.
`;
}
