/** From reports to the groups in which the queue shows them. Pure. */
import type { QueuedLine, QueueGroup } from './pages/QueuePage.tsx';
import type { QueuedReport } from './reports.queries.ts';

export function queuedLine(report: QueuedReport): QueuedLine {
  return {
    href: `/moderation/reports/${report.publicId}`,
    reason: report.reason,
    state: report.state,
    outcome: report.outcome,
    claimedBy: report.claimedBy,
    createdAt: report.createdAt,
  };
}

/** What is reported, each thing once with all its reports; first those with a report that nobody has in hand. */
export function queueGroups(reports: readonly QueuedReport[]): QueueGroup[] {
  const groups = [...Map.groupBy(reports, (report) => report.subject.key).values()];
  const isOpen = (group: readonly QueuedReport[]) => group.some((report) => report.state === 'open');
  return groups
    .toSorted((a, b) => Number(isOpen(b)) - Number(isOpen(a)))
    .flatMap((group) => {
      const [first] = group;
      if (!first) return [];
      return [
        {
          name: first.subject.name,
          path: first.path,
          gone: first.gone,
          moderatedAt: first.subject.moderatedAt,
          reports: group
            .toSorted((a, b) => Number(b.state === 'open') - Number(a.state === 'open'))
            .map((report) => queuedLine(report)),
        },
      ];
    });
}
