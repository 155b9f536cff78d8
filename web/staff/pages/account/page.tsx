import { Link } from 'react-router';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Facts } from '../../blocks/facts.tsx';
import { Page, Section } from '../../blocks/page.tsx';
import { usePlaces } from '../../blocks/places.ts';
import { useRoleName } from '../../blocks/role-names.ts';
import { useMe } from '../../me.ts';
import { Deputies } from './deputies.tsx';
import { SecondFactor } from './second-factor.tsx';
import { Sessions } from './sessions.tsx';
import { texts } from './texts.ts';
import { Tokens } from './tokens.tsx';

export default function AccountPage() {
  const t = useTexts(texts);
  const me = useMe();
  const roleName = useRoleName();
  const { nameOf } = usePlaces();
  return (
    <Page title={t('title')} lead={t('lead')} actions={<Link to="/sign-in?password=1&to=/account">{t('changePassword')}</Link>}>
      <Section title={t('who')}>
        <Facts
          facts={[
            [t('name'), me.person.name],
            [t('login'), me.account.login],
            [
              t('roles'),
              me.grants.length === 0 ? (
                t('rolesNone')
              ) : (
                <ul>
                  {me.grants.map(({ role, orgPath, for: lender }) => (
                    <li key={`${role} ${orgPath} ${lender ?? ''}`}>
                      {t(lender === undefined ? 'roleAt' : 'roleLent', { role: roleName(role), place: nameOf(orgPath) })}
                    </li>
                  ))}
                </ul>
              ),
            ],
          ]}
        />
      </Section>
      <SecondFactor />
      <Sessions />
      <Deputies />
      <Tokens />
    </Page>
  );
}
